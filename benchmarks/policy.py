"""Learn from conversations when an entry is what is asked, and when what the rules say of the situation.

    make policy

Each turn of which exactly one of the two is right is an example; a logistic regression weighs what `evidence` yields
of it. Prints how often the other conversations' weights are right (left out by the file's set of conversations, the
first letters of their ids), then writes ``content/model/policy.toml``. Needs scikit-learn (a development dependency).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant import paths
from assistant.content.policy_weights import PolicyWeights
from assistant.conversation.policy import EVEN, evidence
from assistant.conversation.state import Dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.evaluation.conversations import reply_faults
from assistant.snapshot.snapshot import Snapshot, build_snapshot

_FITS: Final = 0.1
_SET: Final = -2
"""Digits of an id that number the conversations of one set."""


class Example(NamedTuple):
    """A turn: the set it comes from, what speaks for an entry, and whether an entry is right (else the rules are)."""

    of: str
    evidence: dict[str, float]
    entry: bool


def main() -> None:
    """Learn from the files named on the command line."""
    snapshot = build_snapshot(paths.CONTENT)
    examples = [it for name in sys.argv[1:] for it in examples_of(Path(name), snapshot)]
    print(f"{len(examples)} turns, of which an entry answers {sum(it.entry for it in examples)}")
    print(f"right where the set was left out: {left_out(examples):.1%}")
    weights = learnt(examples)
    path = paths.CONTENT / "model" / "policy.toml"
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.of.items()) if abs(weight) >= 0.0005]
    head = "# Written by make policy: what speaks for an entry (above 0) and for what the rules say (below)."
    path.write_text("\n".join([head, f"bias = {weights.bias:.3f}", "", "[weights]", *lines, ""]), encoding="utf-8")
    print(f"{path}: {len(lines)} weights")


def examples_of(path: Path, snapshot: Snapshot) -> Iterator[Example]:
    """Hold the conversations of ``path``; yield each turn of which one kind of answer alone is right."""
    ways = {
        entry: replace(snapshot, weights=PolicyWeights(sign, MappingProxyType({}))) for entry, sign in _SURE.items()
    }
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8")):
        day = date.fromisoformat(str(conversation["day"]))
        facts, dialogue = Facts(day), Dialogue()
        for turn in conversation["turns"]:
            known = (turn["say"], conversation["lang"], conversation["voice"], facts, day, dialogue)
            taken = take_turn(snapshot, *known)
            right = {entry: _is_right(take_turn(way, *known), turn) for entry, way in ways.items()}
            if right[True] != right[False]:
                yield Example(conversation["id"][:_SET], dict(evidence(taken.moment)), right[True])
            facts, dialogue = taken.facts, taken.dialogue


_SURE: Final = {True: 100.0, False: -100.0}


def _is_right(reply: Any, turn: Mapping[str, Any]) -> bool:
    return not reply_faults(turn, reply, reply.facts.as_codes())


def learnt(examples: list[Example]) -> PolicyWeights:
    """Return the weights that ``examples`` teach, for evidence as it is."""
    names = DictVectorizer(sparse=False)
    rows = names.fit_transform([it.evidence for it in examples])
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 0.1
    model = LogisticRegression(C=_FITS, max_iter=3000)
    model.fit((rows - centre) / spread, [it.entry for it in examples])
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ centre)
    return PolicyWeights(bias, MappingProxyType(dict(zip(names.feature_names_, weights.tolist(), strict=True))))


def left_out(examples: list[Example]) -> float:
    """Return the part of the examples that are right with what the other sets teach."""
    right = []
    for of in sorted({it.of for it in examples}):
        weights = learnt([it for it in examples if it.of != of])
        right += [(weights.chance(it.evidence.items()) >= EVEN) == it.entry for it in examples if it.of == of]
    return float(np.mean(right))


if __name__ == "__main__":
    main()
