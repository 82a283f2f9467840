"""Counting without waiting: numbers gather in memory and one thread writes them. Answers never depend on it."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from assistant.usage.codes import Count, weeks_before
from assistant.usage.store import UsageStore

_log = logging.getLogger(__name__)

#: Seconds between two writes: what a process that is killed may lose.
INTERVAL: Final = 2.0
#: Different counts that wait in memory at most while nothing can be written; further ones are lost, and that is logged.
MOST_WAITING: Final = 5_000
#: Seconds for which a reader's opinion is waited for, and for which the next ones are refused at once after that.
PATIENCE: Final = 1.5
PAUSE: Final = 5.0
#: Opinions that wait at the same time at most: the other threads of the server go on answering.
MOST_OPINIONS: Final = 2
#: Seconds for which one more waits for its turn.
QUEUE: Final = 0.3


class UsageCounter:
    """Gathers counts and writes them to a store, in a thread that starts with the first count of each process."""

    def __init__(self, store: UsageStore, keep_weeks: int) -> None:
        """Make the store ready; when that fails it is reported, and tried again with every write."""
        self._store = store
        self._keep_weeks = keep_weeks
        self._ready = self._complained = False
        self._purged = ""
        self._begin()
        try:
            self._prepare()
        except (SQLAlchemyError, OSError) as error:
            self._complain(error)
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Start from nothing; a forked process leaves to its parent what its parent has gathered."""
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._opinions_at_once = threading.BoundedSemaphore(MOST_OPINIONS)
        self._waiting: Counter[Count] = Counter()
        self._opinions: list[tuple[Count, Future[None]]] = []
        self._lost = 0
        self._refuse_until = 0.0
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def add(self, counts: Iterable[Count]) -> None:
        """Count each of ``counts`` once more. Returns at once and never fails."""
        with self._lock:
            for count in counts:
                if count in self._waiting or len(self._waiting) < MOST_WAITING:
                    self._waiting[count] += 1
                else:
                    self._lost += 1
            self._start()

    def record(self, count: Count) -> bool:
        """Write ``count`` and say whether it is safely in the store; gives up after `PATIENCE` seconds."""
        # Without the lock: whoever reads it a moment late waits once more, or is refused once more.
        if time.monotonic() < self._refuse_until or not self._opinions_at_once.acquire(timeout=QUEUE):
            return False
        written: Future[None] = Future()
        try:
            with self._lock:
                self._opinions.append((count, written))
                self._start()
            self._wake.set()
            written.result(PATIENCE)
        except (SQLAlchemyError, OSError, TimeoutError, CancelledError):
            written.cancel()
            self._refuse_until = time.monotonic() + PAUSE
            return False
        finally:
            self._opinions_at_once.release()
        return True

    def flush(self) -> bool:
        """Write what has gathered; what could not be written waits on. Returns whether nothing failed."""
        with self._writing:
            with self._lock:
                batch, self._waiting = self._waiting, Counter()
                opinions, self._opinions = self._opinions, []
            opinions = [(count, written) for count, written in opinions if written.set_running_or_notify_cancel()]
            try:
                self._write(batch + Counter(count for count, _ in opinions))
            except (SQLAlchemyError, OSError) as error:
                self._keep(batch)
                self._complain(error)
                for _, written in opinions:
                    written.set_exception(error)
                return False
            for _, written in opinions:
                written.set_result(None)
            return True

    def close(self) -> None:
        """Write what has gathered and stop."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        self.flush()

    def _write(self, batch: Counter[Count]) -> None:
        if not batch:
            return
        if not self._ready:
            self._prepare()
        week = max(count.week for count in batch)
        if week > self._purged:
            self._store.forget_before(weeks_before(week, self._keep_weeks))
            self._purged = week
        self._store.add(batch)
        if self._complained:
            _log.warning("usage is written again; %d counts were lost", self._lost)
            self._complained, self._lost = False, 0

    def _prepare(self) -> None:
        self._store.prepare()
        self._ready = True

    def _keep(self, batch: Counter[Count]) -> None:
        with self._lock:
            for count, n in batch.items():
                if count in self._waiting or len(self._waiting) < MOST_WAITING:
                    self._waiting[count] += n
                else:
                    self._lost += n

    def _complain(self, error: Exception) -> None:
        """Report the first of a row of failures, by its kind alone: a driver's message may quote an address."""
        self._ready = False
        if not self._complained:
            _log.error("usage cannot be written (%s): answers go on, counts wait in memory", type(error).__name__)
        self._complained = True

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="usage", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._closed:
            self._wake.wait(INTERVAL)
            self._wake.clear()
            self.flush()
