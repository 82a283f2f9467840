"""When the first document may stand alone as the answer, and when the reader should choose among several."""

from __future__ import annotations

from typing import Final, NamedTuple

_WORDS: Final = 2
_SAID: Final = 0.5
_COVERED: Final = 0.5
_LEAD: Final = 0.2
_COVERED_ALONE: Final = 0.7
"""With so much of its question said, a document needs no lead: the next one may ask the same."""


class Evidence(NamedTuple):
    """What speaks for a document, each but ``words`` as a share between 0 and 1.

    ``words``: content words matched; ``said``: of the query, found in the document; ``covered``: of the
    document's question, said by the query; ``lead``: of its score, the distance to the next document.
    """

    words: int
    said: float
    covered: float
    lead: float


def is_confident(evidence: Evidence) -> bool:
    """Tell whether ``evidence`` is enough to answer alone.

    The score itself is not part of it: what is a high one depends on how many words a query has.
    """
    if evidence.words < _WORDS or evidence.said < _SAID:
        return False
    stands_out = evidence.covered >= _COVERED and evidence.lead >= _LEAD
    return stands_out or evidence.covered >= _COVERED_ALONE
