"""How well each voice is read by what the other voices taught: the honest measure of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from assistant.domain.vocabulary import INTENTS
from assistant.evaluation.questions import REFUSED_BELOW
from assistant.language.models.reading_model import Pair, ReadingModel
from assistant.language.models.sentence_encoder import the_encoder
from assistant.language.pipeline import LexiconMatch, Understanding, conclude
from assistant.training.corpus import Corpus, corpus_of
from assistant.training.learner import Learner
from assistant.training.sentences import FOLDS, ON_FACTS, UNSEEN, Sentence
from assistant.training.trainer import acceptor, examples, held_back, honesty_of, weighed

#: What is reached on voices held back may fall so far and no further; see `Report.below_floor`.
FLOOR: Final = {"intent": 0.795, "one of the two best": 0.915, "facts F1 of unseen voices": 0.805}


@dataclass(slots=True)
class Report:
    """How good reading is on voices that were held back, one after another."""

    sentences: int = 0
    right: int = 0
    among_two: int = 0
    by: dict[str, Counter[str]] = field(default_factory=dict)
    facts: Counter[str] = field(default_factory=Counter)
    unseen_facts: Counter[str] = field(default_factory=Counter)
    believed: list[tuple[float, bool]] = field(default_factory=list)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: int = 0
    in_scope: int = 0
    out_of_scope: int = 0
    recognised: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the report, one finding a line."""
        yield f"{self.sentences} sentences; each voice read by what the other voices taught"
        yield f"intent {self.right / self.sentences:.3f}, one of the two best {self.among_two / self.sentences:.3f}"
        yield f"facts F1 {f1(self.facts):.3f}; of the voices that no rule was written for {f1(self.unseen_facts):.3f}"
        yield f"out of scope recognised {self.recognised}/{self.out_of_scope}"
        yield f"in scope refused {self.refused}/{self.in_scope}"
        for name, counts in sorted(self.by.items()):
            share = counts["right"] / counts["all"]
            yield f"  {name:24} intent {share:.3f}  facts F1 {f1(counts):.3f}  of {counts['all']}"
        yield "a fact believed with a probability of … is right in"
        for low in range(10):
            among = [(chance, right) for chance, right in self.believed if min(9, int(chance * 10)) == low]
            if among:
                said, right = np.mean(among, axis=0)
                yield f"  {low / 10:.1f}–{low / 10 + 0.1:.1f}: {right:.2f} (said {said:.2f}, {len(among)} facts)"
        yield "taken for another most often"
        for (was, said), count in self.confused.most_common(12):
            yield f"  {was} read as {said}: {count}"

    def below_floor(self) -> Iterator[str]:
        """Yield a line for each figure that is lower than `FLOOR` allows."""
        reached = (self.right / self.sentences, self.among_two / self.sentences, f1(self.unseen_facts))
        for (name, floor), figure in zip(FLOOR.items(), reached, strict=True):
            if figure < floor:
                yield f"{name} is {figure:.3f}, it was to be {floor} at least"


def cross_validated(content: Path, *, quick: bool = False) -> Iterator[tuple[str, Report]]:
    """Read the sentences of some voices at a time with what all others taught, without the encoder and with it.

    ``quick`` reads the voices of two groups alone, for which no rule was written, and without the encoder.
    Raise ``Faulty`` when a sentence is none.
    """
    corpus = corpus_of(content, the_encoder())
    learner = Learner(corpus)
    yield "without the encoder", measured(corpus, learner, encoded=False, quick=quick)
    if not quick:
        yield "with the encoder", measured(corpus, learner, encoded=True)


def measured(corpus: Corpus, learner: Learner, *, encoded: bool, quick: bool = False) -> Report:
    """Read some voices at a time with what ``learner`` learns from the others, by what an encoder says or estimated."""
    held = {voices: held_back(corpus, learner, *voices, encoded=encoded) for voices in _folds(corpus, quick=quick)}
    honesty = honesty_of(corpus, [it for voices, it in held.items() if voices in FOLDS])
    held = {voices: it._replace(model=honesty.of(it.model)) for voices, it in held.items()}
    shown = {voices: list(examples(corpus, it)) for voices, it in held.items() if voices in FOLDS}
    report = Report()
    for voices, (model, found) in held.items():
        accepts = acceptor(it for others, them in shown.items() if others != voices for it in them)
        taught = replace(model, acceptor=accepts)
        lexicon = replace(corpus.lexicon, model=taught)
        for place, it in found.items():
            _count(report, corpus.sentences[place], conclude(it, lexicon), it, taught)
    return report


def _folds(corpus: Corpus, *, quick: bool) -> Iterator[tuple[str, ...]]:
    """Yield the voices that are held back together: those that no rule was written for, then the others."""
    there = [voices for voices in FOLDS if corpus.voice(*voices).any()]
    if quick:
        yield from there[::2]
        return
    yield from there
    seen = [voice for voice in corpus.voices if voice not in UNSEEN]
    yield from filter(None, (tuple(seen[::2]), tuple(seen[1::2])))


def _count(
    report: Report, sentence: Sentence, understood: Understanding, found: LexiconMatch, model: ReadingModel
) -> None:
    facts, intent = _pairs(understood), understood.intent
    likeliest = np.argsort(-model.expected(found.features, model.near_to(found.features)), kind="stable")
    two = [*dict.fromkeys((intent, *(INTENTS[place] for place in likeliest)))][:2]
    report.sentences += 1
    report.right += intent == sentence.intent
    report.among_two += sentence.intent in two
    if intent != sentence.intent:
        report.confused[sentence.intent, intent] += 1
    if sentence.intent == "out_of_scope":
        report.out_of_scope += 1
        report.recognised += intent == "out_of_scope"
    else:
        report.in_scope += 1
        report.refused += intent == "out_of_scope" or understood.intent_score < REFUSED_BELOW
    tally = Counter(
        both=len(facts & sentence.facts), wrong=len(facts - sentence.facts), missed=len(sentence.facts - facts)
    )
    report.facts += tally
    if sentence.voice in UNSEEN:
        report.unseen_facts += tally
        report.believed += [
            (model.believed(candidate, beside, sentence.lang), right)
            for candidate, beside, right in weighed(sentence, found, model)
        ]
    counts = Counter(all=1, right=int(intent == sentence.intent)) + tally
    kind = "told" if sentence.voice in ON_FACTS else "asked"
    for name in (f"voice {sentence.voice}", f"language {sentence.lang}", f"asker {sentence.asker}",
                 f"difficulty {sentence.difficulty}", f"kind {kind}"):  # fmt: skip
        report.by[name] = report.by.get(name, Counter()) + counts


def _pairs(understood: Understanding) -> frozenset[Pair]:
    """Return what was understood as pairs, of a date with the day itself."""
    several = {fact: value if isinstance(value, tuple) else (str(value),) for fact, value in understood.facts.items()}
    return frozenset((fact, one) for fact, values in several.items() for one in values)


def f1(tally: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall; 1 when nothing was stated and nothing read."""
    total = 2 * tally["both"] + tally["wrong"] + tally["missed"]
    return 2 * tally["both"] / total if total else 1.0
