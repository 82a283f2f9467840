"""The snapshot that a process serves: replaced by one attribute when the store holds a new one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic

from assistant.domain.faults import Faulty
from assistant.language.models.sentence_encoder import Encoder
from assistant.snapshot.publishing import current_version, open_sound, open_version
from assistant.snapshot.snapshot import Snapshot, build_snapshot

#: Seconds until a snapshot that was refused is looked at again: it may have been published anew, or a disk have healed.
_AGAIN = 5.0


def open_live(
    content: Path,
    store: Path | None,
    report: Callable[[str], None],
    now: Callable[[], datetime],
    encoder: Encoder | None = None,
) -> LiveSnapshot:
    """Return what a process serves: a snapshot of ``store``, or without a store ``content`` as it lies there.

    The one before is taken when the current one is damaged; raises `Faulty` when neither is in order.
    ``report`` is told of a later snapshot that was refused. With an ``encoder`` all of them are read with it.
    """
    if store is None:
        return LiveSnapshot(build_snapshot(content, encoder=encoder), report=report, now=now)
    return LiveSnapshot(open_sound(store, encoder), store, report, now=now, encoder=encoder)


class LiveSnapshot:
    """Holds the snapshot that is served and takes a new one when the store has it.

    Reading is one attribute access. A new snapshot is opened in a thread of its own; when it is not in
    order the old one stays, ``complaint`` says why and ``stale_since`` since when.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        store: Path | None = None,
        report: Callable[[str], None] = print,
        *,
        now: Callable[[], datetime],
        encoder: Encoder | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._encoder = encoder
        self._now = now
        self.complaint = ""
        self.stale_since: datetime | None = None
        self._store = store
        self._report = report
        self._opening = threading.Lock()
        self._refused = ""
        self._refused_at = 0.0

    def refresh(self, *, wait: bool = False) -> None:
        """Look at the store; when it holds something new, begin to open it. With ``wait``, return when that is done.

        Returns at once while another snapshot is being opened.
        """
        if self._store is None or not self._opening.acquire(blocking=False):
            return
        version = self._awaited(self._store)
        if version is None:
            self._opening.release()
            return
        opener = threading.Thread(target=self._open, args=(self._store, version), daemon=True)
        opener.start()
        if wait:
            opener.join()

    def _awaited(self, store: Path) -> str | None:
        """Return the version that should be opened now, if any."""
        try:
            version = current_version(store)
        except Faulty as error:
            self._complain(error)
            return None
        if version == self.snapshot.version:
            self.complaint, self.stale_since = "", None
            return None
        lately = version == self._refused and monotonic() - self._refused_at < _AGAIN
        return None if lately else version

    def _open(self, store: Path, version: str) -> None:
        try:
            opened = open_version(store, version, self._encoder)
            if current_version(store) != version:
                return  # withdrawn while it was opened: the next look opens what is current then
            self.snapshot = opened
            self.complaint, self.stale_since = "", None
        except Exception as error:  # whatever is wrong with the new one, the old one stays
            self._refused, self._refused_at = version, monotonic()
            if str(error) != self.complaint:
                self._report(str(error))
            self._complain(error)
        finally:
            self._opening.release()

    def _complain(self, error: Exception) -> None:
        self.complaint = str(error)
        self.stale_since = self.stale_since or self._now()
