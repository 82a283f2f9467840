"""The notation in which the lexicon writes what people say, compiled to regular expressions that cannot hang.

=============  ====================================================================================
``a|b``        one or the other
``(a|b)c``     a group
``x?  (ab)?``  may be left out
``…``          anything up to 8 characters, but not the end of a sentence; ``……`` up to 24
``*``          the rest of an English word: ``expir*``
``#``          a number of up to four digits
``^  $``       the beginning, the end of the text
``{name}``     any of the words listed under that name in ``words.toml`` or of an item in ``items.toml``
``\\?``        a backslash takes the sign after it literally
a space        one or more spaces
``~``          a space, a hyphen or nothing: ``check~up``
=============  ====================================================================================

Everything else stands for itself. A pattern that begins or ends with a Latin letter only matches whole words:
``card`` is not found in ``discard``. Katakana and hiragana are the same here, and so are 三割 and 3割. There is no
other repetition, so matching time stays in proportion to the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Final

from assistant.language.lexicon.phrase_set import Alternative, PhraseSet
from assistant.language.text.negatives import plain_negatives
from assistant.language.text.normalize import hiragana
from assistant.language.text.numerals import with_digits

LONGEST: Final = 400
MOST_GAPS: Final = 3
_KEPT: Final = 2_048
_NAME: Final = re.compile(r"\{([a-z_]+)\}")
_SIGN: Final = re.compile(r"\\(.)| \?|.", re.DOTALL)
_SENTENCE_END: Final = "。!?\n"
_GAPS: Final = {"……": f"[^{_SENTENCE_END}]{{0,24}}?", "…": f"[^{_SENTENCE_END}]{{0,8}}?"}
_LEAD: Final = re.compile(r"[a-z0-9]+(?!\?)")
_WORD_START: Final = "(?<![a-z0-9])"
_WORD_END: Final = "(?![a-z0-9])"
_MEANING: Final = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    "?": "?",
    "^": r"\A\s*",
    "$": r"\s*\Z",
    "#": r"[0-9]{1,4}",
    "*": "[a-z]{0,12}",
    " ": r"\s+",
    " ?": r"\s*",
    "~": r"[\s-]?",
}


_Listed = frozenset[tuple[str, tuple[str, ...]]]
"""The lists of words, by their names, as what is kept in a cache can be looked up by."""


class PatternError(ValueError):
    """A pattern that the notation does not allow; the message says what to change."""


def compile_patterns(
    patterns: Iterable[str], words: Mapping[str, tuple[str, ...]], *, at_once: bool = True
) -> PhraseSet:
    """Return one expression that matches any of ``patterns``, longer ones first.

    Of patterns that were checked before, each need not be compiled ``at_once`` but when a text may hold it.
    """
    return _phrases(tuple(patterns), frozenset(words.items()), at_once)


# a lexicon that is read again after an edit is the same but for a line or two
@lru_cache(_KEPT)
def _phrases(patterns: tuple[str, ...], listed: _Listed, at_once: bool) -> PhraseSet:
    parts = [part for pattern in patterns for part in _alternatives(_checked(pattern))]
    parts.sort(key=len, reverse=True)
    words = dict(listed)
    return PhraseSet(_way(part, words, listed, at_once=at_once) for part in parts)


def _way(part: str, words: Mapping[str, tuple[str, ...]], listed: _Listed, *, at_once: bool) -> Alternative:
    compiled = partial(_compiled, part, words)
    if at_once:
        regex = compiled()
        return Alternative(lambda: regex, *_held(part, listed))
    return Alternative(compiled, *_held(part, listed))


def _compiled(part: str, words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    return re.compile(hiragana(_whole_words(part, words)))


def _held(part: str, listed: _Listed) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """Return the runs of letters, and the choices of such, that every match of ``part`` holds."""
    runs, choices = _runs_and_choices(part)
    one_of = tuple(keys for choice in choices if (keys := _keys_of_choice(choice, listed)))
    return frozenset(filter(None, runs)), one_of


def _checked(pattern: str) -> str:
    """Return ``pattern`` folded like a reader's text; raise ``PatternError`` for what the notation has not."""
    pattern = re.sub("[^…]+", _folded, pattern)
    if not pattern.strip():
        raise PatternError("the pattern is empty; write at least one word")
    if len(pattern) > LONGEST:
        raise PatternError(f"longer than {LONGEST} characters; split it into several")
    bare = re.sub(r"\\.", "", pattern)
    if bare.count("(") != bare.count(")"):
        raise PatternError("a bracket is not closed; every ( needs its )")
    if len(re.findall("…+", pattern)) > MOST_GAPS * (1 + bare.count("|")):
        raise PatternError(f"more than {MOST_GAPS} gaps (…); split the pattern")
    if re.search(r"[?*^]\?|…\?|\)\*|(?:^|[|(])[?*]", bare):
        raise PatternError("? stands after a letter or a bracket, * after a Latin letter")
    if "[" in bare or "]" in bare:
        raise PatternError("square brackets are not part of the notation; write (a|b), or # for a number")
    return pattern


def _folded(piece: re.Match[str]) -> str:
    return plain_negatives(with_digits(unicodedata.normalize("NFKC", piece[0]).lower()))


def _alternatives(pattern: str) -> list[str]:
    """Split at the ``|`` that stand outside every bracket."""
    if pattern.strip() and not {"|", ")"}.intersection(pattern):
        return [pattern]
    depth, parts, current = 0, [], ""
    for sign in _SIGN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if depth < 0:
            raise PatternError("a bracket closes before it opens")
        if sign[0] == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += sign[0]
    parts.append(current)
    if not all(part.strip() for part in parts):
        raise PatternError("an alternative is empty; remove the extra |")
    return parts


def _whole_words(part: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Return the expression for ``part``, which begins and ends at the borders of a Latin word.

    Letters are looked for before the border: a search for letters is several times faster than one for a border.
    """
    end = _WORD_END if _is_latin(part.strip("(^$)?")[-1:]) else ""
    lead = _LEAD.match(part)
    if lead:
        return f"{lead[0]}(?<![a-z0-9]{lead[0]}){_translated(part[lead.end() :], words)}{end}"
    start = _WORD_START if _starts_latin(part) else ""
    return f"{start}{_translated(part, words)}{end}"


def _starts_latin(part: str) -> bool:
    return _is_latin(part.strip("(^$)?")[:1])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _translated(part: str, words: Mapping[str, tuple[str, ...]]) -> str:
    pieces = []
    for piece in re.split(r"(\{[^}]*\}|……|…)", part):
        if piece in _GAPS:
            pieces.append(_GAPS[piece])
        elif piece.startswith("{"):
            pieces.append(_named(piece, words))
        else:
            pieces.append(_SIGN.sub(_meaning, piece))
    return "".join(pieces)


def _meaning(sign: re.Match[str]) -> str:
    return re.escape(sign[1]) if sign[1] else _MEANING.get(sign[0]) or re.escape(sign[0])


def _named(reference: str, words: Mapping[str, tuple[str, ...]]) -> str:
    match = _NAME.fullmatch(reference)
    if not match or match[1] not in words:
        raise PatternError(f"{reference} is not a list of words; known: {', '.join(sorted(words))}")
    listed = [part for word in words[match[1]] for part in _alternatives(_checked(word))]
    listed.sort(key=len, reverse=True)
    listed.sort(key=_starts_latin)
    return f"(?:{'|'.join(_whole_words(word, words) for word in listed)})"


def _keys(part: str, listed: _Listed) -> frozenset[str]:
    """Return runs of letters of which any match of ``part`` holds one; none if unsure.

    The rarest run serves best, else the keys of a group.
    """
    runs, choices = _runs_and_choices(part)
    rarest = min(filter(None, runs), key=_common, default="")
    if rarest:
        return frozenset({rarest})
    return min(filter(None, (_keys_of_choice(choice, listed) for choice in choices)), key=len, default=frozenset())


def _runs_and_choices(part: str) -> tuple[list[str], list[str]]:
    """Return the runs of letters, and the groups and names, that may not be left out of ``part``."""
    runs: list[str] = [""]
    choices: list[str] = []
    atoms = _atoms(part)
    for place, atom in enumerate(atoms):
        optional = atoms[place + 1 : place + 2] == ["?"]
        if len(atom) == 1 and atom not in "#*~^$ ?…" and not optional:
            runs[-1] += hiragana(atom)
            continue
        runs.append("")
        if len(atom) > 1 and not optional:
            choices.append(atom)
    return runs, choices


# a few words and lists are named by most of the lexicon
@lru_cache(_KEPT)
def _keys_of_choice(atom: str, listed: _Listed) -> frozenset[str]:
    if atom.startswith("\\"):
        return frozenset({atom[1:]})
    if atom.startswith("{"):
        ways = [way for word in dict(listed)[atom[1:-1]] for way in _alternatives(_checked(word))]
    else:
        ways = _alternatives(atom[1:-1])
    keys = [_keys(way, listed) for way in ways]
    return frozenset().union(*keys) if all(keys) else frozenset()


def _atoms(part: str) -> list[str]:
    """Cut ``part`` into letters and signs, whole groups, names and escaped signs."""
    atoms: list[str] = []
    depth = 0
    for sign in re.findall(r"\\.|\{[^}]*\}|.", part, re.DOTALL):
        if depth:
            atoms[-1] += sign
        else:
            atoms.append(sign)
        depth += {"(": 1, ")": -1}.get(sign, 0)
    return atoms


def _common(run: str) -> int:
    """Rank a run of letters: long ones with kanji are the rarest, single kana the most common."""
    kana = sum("ぁ" <= letter <= "ゖ" or letter in "aeinorst" for letter in run)
    return kana - 2 * len(run)
