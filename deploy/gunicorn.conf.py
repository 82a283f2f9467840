"""gunicorn behind a buffering proxy: gunicorn -c deploy/gunicorn.conf.py "assistant:create_app()"

One worker for each core; each opens the snapshot itself, since an index must not be carried across a fork.
"""

import os
import secrets
import shutil
import tempfile

from prometheus_client import multiprocess

bind = os.environ.get("MADOGUCHI_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("MADOGUCHI_WORKERS", os.cpu_count() or 1))
worker_class = "sync"
timeout = 30
graceful_timeout = 20
backlog = 1024
limit_request_line = 8190
limit_request_fields = 60
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a heartbeat on a disk can block
control_socket_disable = True

# One key for all workers: a receipt is checked by whichever is asked. Set your own where several hosts serve.
os.environ.setdefault("MADOGUCHI_RECEIPT_KEY", secrets.token_hex(32))

# The workers add up their figures in files; a directory that is emptied by a restart, or old workers would count on.
figures = os.path.join(tempfile.gettempdir(), f"madoguchi-figures-{os.getpid()}")
os.makedirs(figures, mode=0o700, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures


def post_fork(server, worker):
    """Write events as JSON."""
    from assistant.web.http.observability import log_to_stderr

    log_to_stderr()


def child_exit(server, worker):
    """Stop counting what a dead worker had in hand."""
    multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    """Leave nothing behind."""
    shutil.rmtree(figures, ignore_errors=True)
