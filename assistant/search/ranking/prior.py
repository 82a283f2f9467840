"""What speaks for a document whatever is asked: how much leads to it, and whether it is written for the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.search.documents import Document
from assistant.search.ranking.bm25f import Impacts
from assistant.search.ranking.ranking_weights import RankingWeights


def prior(documents: Sequence[Document], reader: str, weights: RankingWeights) -> Impacts:
    """Return a factor for each of ``documents``: up to 1 + ``central``, less where it is for other readers only."""
    leads_to = Counter(id for document in documents for id in document.related)
    links = np.log1p(np.array([leads_to[document.id] for document in documents], dtype=np.float64))
    most = links.max(initial=0.0) or 1.0
    meant = np.array([not document.readers or reader in document.readers for document in documents])
    factors: Impacts = (1 + weights.central * links / most) * np.where(meant, 1.0, 1 - weights.aside)
    return factors
