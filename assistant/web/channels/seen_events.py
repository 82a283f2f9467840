"""Which events were answered already: their ids alone, a bounded number of them, in this process."""

from __future__ import annotations

import re
from collections import OrderedDict
from threading import Lock
from typing import Final

#: An id of an event as LINE makes them (a ULID). What looks otherwise is not kept.
_ID: Final = re.compile(r"[0-9A-Za-z]{26}")


class SeenEvents:
    """The ids taken last; safe for threads."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._lock = Lock()
        self._ids: OrderedDict[str, None] = OrderedDict()

    def take(self, id: str) -> bool:
        """Keep ``id`` and return whether it is new; the one kept for longest goes when there are too many."""
        if not _ID.fullmatch(id):
            return True
        with self._lock:
            if id in self._ids:
                return False
            self._ids[id] = None
            if len(self._ids) > self._most:
                self._ids.popitem(last=False)
            return True

    def give_back(self, id: str) -> None:
        """Forget ``id``: it was not answered, and may be when it comes again."""
        with self._lock:
            self._ids.pop(id, None)
