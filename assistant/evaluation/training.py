"""Learning to read from sentences: what `assistant.language.model` keeps, and how good it is on voices it never saw.

Needs scikit-learn, which is a development dependency; what is written needs numpy alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import INTENTS
from assistant.evaluation.questions import REFUSED_BELOW
from assistant.evaluation.sentences import ASKED_ON, FOLDER, FOLDS, UNSEEN, Sentence, digest, read_sentences
from assistant.language.acceptance import candidates, read_by_rule
from assistant.language.lexicon import Lexicon, load_lexicon
from assistant.language.model import BITS, DAY, Candidate, Model, Pair, Places, Surroundings, Weights, evidence, undated
from assistant.language.reading import read
from assistant.language.understand import Found, Understanding, by_rule, conclude
from assistant.language.vectors import Vector

_FEWEST: Final = 10
"""A fact and value that fewer sentences state is left to the rules."""

_INTENTS_FIT: Final = 0.5
_FACTS_FIT: Final = 4.0
_SHOWN_FITS: Final = 0.5
_ACCEPTANCE_FITS: Final = 0.3
_TEMPERATURES: Final = np.arange(0.6, 6.0, 0.1)
_SEED: Final = 0
"""The same sentences give the same model, to the byte."""

#: What is reached on voices held back may fall so far and no further; see `Report.below_floor`.
FLOOR: Final = {"intent": 0.80, "one of the two best": 0.91, "facts F1 of unseen voices": 0.78}

Mask = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Corpus:
    """All sentences as the rules of ``lexicon`` find them, and as matrices."""

    lexicon: Lexicon
    sentences: list[Sentence]
    found: list[Found]
    whole: csr_matrix
    wording: csr_matrix
    around: csr_matrix
    named: list[tuple[int, str]]

    def voice(self, *voices: str) -> Mask:
        """Return which sentences are of ``voices``."""
        return np.array([it.voice in voices for it in self.sentences])

    @property
    def voices(self) -> list[str]:
        """All voices, in a fixed order."""
        return sorted({it.voice for it in self.sentences})

    @property
    def intents(self) -> npt.NDArray[np.int64]:
        """The place of each sentence's intent in the contract."""
        return np.array([INTENTS.index(it.intent) for it in self.sentences])

    @property
    def labels(self) -> tuple[Pair, ...]:
        """The facts and values that are learnt."""
        counts = Counter(undated(pair) for it in self.sentences for pair in it.facts)
        return tuple(sorted(pair for pair, count in counts.items() if count >= _FEWEST and pair[1] != DAY))


class Learnt(NamedTuple):
    """What was learnt on some sentences, with float weights; `packed` makes the model of it."""

    intents: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    facts: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    shown: tuple[npt.NDArray[Any], npt.NDArray[Any]]


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


def train(content: Path) -> list[str]:
    """Learn from all sentences below ``content``, write ``model/reader.npz``; return lines that tell it.

    Raise ``Faulty`` when a sentence is none.
    """
    corpus = corpus_of(content)
    held = [voices for voices in FOLDS if corpus.voice(*voices).any()]
    if not held:
        what = f"none of the voices that are held back is there: {', '.join(UNSEEN)}"
        raise Faulty([Fault(FOLDER, 1, what, "add one")])
    folds = {voice: it for voices in held for it in [learn(corpus, ~corpus.voice(*voices))] for voice in voices}
    temperature = _temperature(corpus, folds)
    acceptor = _acceptor(corpus, {voice: packed(it, corpus.labels) for voice, it in folds.items()}, folds)
    model = packed(learn(corpus, np.ones(len(corpus.sentences), bool)), corpus.labels, temperature, acceptor)
    path = content / "model" / "reader.npz"
    model.save(path)
    (content / "model" / "sentences").write_text(digest(content) + "\n", encoding="utf-8")
    size = path.stat().st_size / 1e6
    return [f"learnt from {len(corpus.sentences)} sentences of {len(corpus.voices)} voices: {path}, {size:.2f} MB"]


def cross_validated(content: Path) -> Report:
    """Read the sentences of each voice with what all others taught; raise ``Faulty`` when a sentence is none."""
    corpus = corpus_of(content)
    folds = {voice: learn(corpus, ~corpus.voice(voice)) for voice in corpus.voices}
    unseen = [voice for voice in corpus.voices if voice in UNSEEN]
    temperature = _temperature(corpus, {voice: folds[voice] for voice in unseen})
    models = {voice: packed(it, corpus.labels, temperature) for voice, it in folds.items()}
    report = Report()
    for voice, model in models.items():
        acceptor = _acceptor(corpus, models, [it for it in unseen if it != voice])
        taught = replace(model, acceptor=acceptor)
        lexicon = replace(corpus.lexicon, model=taught)
        for place in np.flatnonzero(corpus.voice(voice)):
            sentence, found = corpus.sentences[place], corpus.found[place]
            _count(report, sentence, conclude(found, lexicon), found, taught)
    return report


def corpus_of(content: Path) -> Corpus:
    """Read the sentences and find in each what the rules find; raise ``Faulty`` when a sentence is none."""
    faults: list[Fault] = []
    sentences = read_sentences(content, faults)
    if faults:
        raise Faulty(faults)
    lexicon = load_lexicon(content / "lexicon", learnt=False)
    found = [by_rule(read(it.text, it.lang, lexicon), ASKED_ON, lexicon) for it in sentences]
    meaning = csr_matrix(np.stack([it.features.meaning for it in found]))
    whole, wording = _hashed(found, whole=True), _hashed(found, whole=False)
    around = [it for each in found for it in each.around]
    return Corpus(
        lexicon,
        sentences,
        found,
        whole=hstack([whole, meaning]).tocsr(),
        wording=hstack([wording, meaning]).tocsr(),
        around=hstack([_matrix(around), csr_matrix(np.stack([it.meaning for it in around]))]).tocsr(),
        named=[(row, it.item) for row, each in enumerate(found) for it in each.around],
    )


def _hashed(found: Sequence[Found], *, whole: bool) -> csr_matrix:
    ends = [None if whole else it.features.wording for it in found]
    return _matrix(
        [Weighed(it.features.places[:end], it.features.weights[:end]) for it, end in zip(found, ends, strict=True)]
    )


class Weighed(NamedTuple):
    """Places of features, and what each weighs."""

    places: Places
    weights: Vector


def _matrix(weighed: Sequence[Weighed | Surroundings]) -> csr_matrix:
    rows = np.repeat(np.arange(len(weighed)), [len(it.places) for it in weighed])
    columns, weights = (np.concatenate([getattr(it, part) for it in weighed]) for part in Weighed._fields)
    return csr_matrix((weights, (rows, columns)), shape=(len(weighed), 1 << BITS))


def learn(corpus: Corpus, rows: Mask) -> Learnt:
    """Fit models for the intents, for each fact and value, and for things named, on the sentences in ``rows``."""
    intents = LinearSVC(C=_INTENTS_FIT, random_state=_SEED).fit(corpus.whole[rows], corpus.intents[rows])
    weights = np.zeros((len(INTENTS), corpus.whole.shape[1]))
    bias = np.full(len(INTENTS), -9.0)
    weights[intents.classes_], bias[intents.classes_] = intents.coef_, intents.intercept_
    stated = [{undated(pair) for pair in it.facts} for it in corpus.sentences]
    targets = [np.array([label in there for there in stated])[rows] for label in corpus.labels]
    fitted = Parallel(n_jobs=-1)(delayed(_fact)(corpus.wording[rows], target) for target in targets)
    facts = (np.stack([it for it, _ in fitted]), np.array([it for _, it in fitted]))
    return Learnt((weights, bias), facts, _shown(corpus, rows, stated))


def _shown(corpus: Corpus, rows: Mask, stated: Sequence[set[Pair]]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    taught = np.array([rows[row] for row, _ in corpus.named])
    target = np.array([("presented", item) in stated[row] for row, item in corpus.named])
    model = LogisticRegression(C=_SHOWN_FITS, solver="liblinear", random_state=_SEED)
    model.fit(corpus.around[taught], target[taught])
    return model.coef_, model.intercept_


def _fact(matrix: csr_matrix, target: Mask) -> tuple[npt.NDArray[Any], float]:
    if target.sum() < 3:
        return np.zeros(matrix.shape[1]), -9.0
    model = LogisticRegression(C=_FACTS_FIT, solver="liblinear", random_state=_SEED).fit(matrix, target)
    return model.coef_[0], float(model.intercept_[0])


def packed(
    learnt: Learnt, labels: tuple[Pair, ...], temperature: float = 1.0, acceptor: Mapping[str, float] | None = None
) -> Model:
    """Return the model with weights of eight bits."""
    intents, facts, shown = (_packed(*weights) for weights in learnt)
    return Model(intents, temperature, labels, facts, shown, dict(acceptor or {}))


def _packed(weights: npt.NDArray[Any], bias: npt.NDArray[Any]) -> Weights:
    split = 1 << BITS
    hashed, hashed_scale = _eight_bits(weights[:, :split])
    meaning, meaning_scale = _eight_bits(weights[:, split:])
    return Weights(hashed, hashed_scale, meaning, meaning_scale, bias.astype(np.float32))


def _eight_bits(weights: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int8], Vector]:
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    return np.round(weights / scale[:, None]).astype(np.int8).T.copy(), scale.astype(np.float32)


def _temperature(corpus: Corpus, folds: Mapping[str, Learnt]) -> float:
    """Return the factor that makes the scores of sentences held back the most honest probabilities."""
    scores, gold = [], []
    for voice, learnt in folds.items():
        rows = corpus.voice(voice)
        weights, bias = learnt.intents
        scores.append(corpus.whole[rows] @ weights.T + bias)
        gold.append(corpus.intents[rows])
    score, right = np.concatenate(scores), np.concatenate(gold)

    def surprise(factor: float) -> float:
        raised = score * factor
        raised -= raised.max(axis=1, keepdims=True)
        chances = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
        return -float(chances[np.arange(len(right)), right].mean())

    return float(min(_TEMPERATURES, key=surprise))


def _acceptor(corpus: Corpus, models: Mapping[str, Model], voices: Iterable[str]) -> dict[str, float]:
    """Learn how far rules and proposals are to be believed, from voices for which neither was made."""
    evidences: list[dict[str, float]] = []
    right: list[bool] = []
    for voice in voices:
        for place in np.flatnonzero(corpus.voice(voice)):
            sentence, found = corpus.sentences[place], corpus.found[place]
            for candidate, beside, is_right in _candidates(sentence, found, models[voice]):
                evidences.append(dict(evidence(candidate, beside, sentence.lang)))
                right.append(is_right)
    names = DictVectorizer()
    fitted = LogisticRegression(C=_ACCEPTANCE_FITS, fit_intercept=False, max_iter=1000)
    fitted.fit(names.fit_transform(evidences), right)
    return {name: float(weight) for name, weight in zip(names.feature_names_, fitted.coef_[0], strict=True)}


def _candidates(sentence: Sentence, found: Found, model: Model) -> Iterator[tuple[Candidate, frozenset[Pair], bool]]:
    intent = INTENTS[int(np.argmax(model.chances(found.features)))]
    if intent == "out_of_scope":
        return
    findings, shown = found.settled(intent)
    ruled = read_by_rule(findings.facts, shown)
    near = model.nearness(found.around)
    for it in candidates(ruled, found.parts, model.proposals(found.features), near, found.reading):
        yield it, frozenset(ruled), (it.pair[0], str(ruled.get(it.pair, it.pair[1]))) in sentence.facts


def _count(report: Report, sentence: Sentence, understood: Understanding, found: Found, model: Model) -> None:
    facts, intent = _pairs(understood), understood.intent
    likeliest = np.argsort(-model.chances(found.features), kind="stable")
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
            for candidate, beside, right in _candidates(sentence, found, model)
        ]
    counts = Counter(all=1, right=int(intent == sentence.intent)) + tally
    for name in (f"voice {sentence.voice}", f"language {sentence.lang}", f"asker {sentence.asker}",
                 f"difficulty {sentence.difficulty}"):  # fmt: skip
        report.by[name] = report.by.get(name, Counter()) + counts


def _pairs(understood: Understanding) -> frozenset[Pair]:
    """Return what was understood as pairs, of a date with the day itself."""
    several = {fact: value if isinstance(value, tuple) else (str(value),) for fact, value in understood.facts.items()}
    return frozenset((fact, one) for fact, values in several.items() for one in values)


def f1(tally: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall; 1 when nothing was stated and nothing read."""
    total = 2 * tally["both"] + tally["wrong"] + tally["missed"]
    return 2 * tally["both"] / total if total else 1.0
