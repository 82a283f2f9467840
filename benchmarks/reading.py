"""What each part of the model that reads brings: cross-validated by voice with parts left out, in one run.

    make bench-reading

Four lines: letters, words and codes alone; with the vectors of words; with the known sentences near, the sense of each
estimated from its wording; and with what the encoder says instead. Each as the site reads. Takes four minutes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix, diags

from assistant import paths
from assistant.evaluation.cross_validation import f1, measured
from assistant.language.models.sentence_encoder import the_encoder
from assistant.training.corpus import corpus_of
from assistant.training.learner import Learner


def main() -> None:
    """Print the table."""
    corpus = corpus_of(paths.CONTENT, the_encoder())
    hashed = diags((np.arange(corpus.wording.shape[1]) < corpus.features.size).astype(float))
    bare = replace(corpus, wording=csr_matrix(corpus.wording @ hashed))
    parts = (
        ("letters, words and codes", bare, {"near": 0.0}, False),
        ("with the vectors of words", corpus, {"near": 0.0}, False),
        ("with known sentences near, estimated", corpus, {}, False),
        ("with known sentences near, encoded", corpus, {}, True),
    )
    print(f"{len(corpus.sentences)} sentences{'intent':>31}{'two best':>10}{'facts':>8}{'facts *':>9}")
    for name, over, how, encoded in parts:
        report = measured(over, Learner(over, **how), encoded=encoded)
        two, right = (count / report.sentences for count in (report.among_two, report.right))
        print(f"{name:38}{right:8.3f}{two:10.3f}{f1(report.facts):8.3f}{f1(report.unseen_facts):9.3f}", flush=True)
    print("* of the voices that no rule was written for")


if __name__ == "__main__":
    main()
