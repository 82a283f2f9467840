"""Commands that measure: questions, cases, conversations, the search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from assistant.cli.day import Day
from assistant.cli.learning import cross_validate
from assistant.cli.opening import open_settings, open_snapshot
from assistant.conversation.retrieval import find
from assistant.evaluation.cases import evaluate_cases
from assistant.evaluation.conversations import evaluate_conversations
from assistant.evaluation.entry_ranking import HALVES, FaultyLine, Half, judge, missed_lines, read_queries, report_lines
from assistant.evaluation.first_replies import evaluate_answers, read_answers
from assistant.evaluation.questions import evaluate as evaluate_questions
from assistant.evaluation.retrieval_set import evaluate as evaluate_search
from assistant.language.pipeline import understand
from assistant.language.utterance import read
from assistant.training.sentences import ASKED_ON


@click.group("eval")
def evaluation() -> None:
    """Measure against labelled questions, cases or a retrieval set."""


@evaluation.command("questions")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--on", type=Day(), default="2026-11-23", help="the day on which the questions were asked")
@click.option("--answers", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="the right answers by id")
@click.option("--cross-validate", "across", is_flag=True, help="no FILE: read each voice by what the others taught")
@click.option("--floor", is_flag=True, help="with --cross-validate: exit 1 when that got worse")
def eval_questions(file: Path | None, on: date, answers: Path | None, across: bool, floor: bool) -> None:
    """Facts and intents of labelled questions; with --answers also whether the first replies are right."""
    if across:
        cross_validate(open_settings().content, floor=floor)
        return
    if file is None:
        raise click.UsageError("name a FILE, or give --cross-validate")
    snapshot = open_snapshot(searching=True)
    lexicon = snapshot.lexicon
    report = evaluate_questions(file, lambda text, lang, day: understand(read(text, lang, lexicon), day, lexicon), on)
    for line in report.lines():
        click.echo(line)
    if answers is not None:
        for line in evaluate_answers(file, read_answers(answers), snapshot, on).lines():
            click.echo(line)


@evaluation.command("cases")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def eval_cases(file: Path) -> None:
    """Situations with their expected decision; exit 1 when one is wrong."""
    report = evaluate_cases(file, open_snapshot())
    for line in report.lines():
        click.echo(line)
    raise SystemExit(1 if report.wrong else 0)


@evaluation.command("conversations")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--details", is_flag=True, help="a line for each turn that is wrong")
def eval_conversations(file: Path, details: bool) -> None:
    """Conversations with their expected course: turns right, loops, last turns right."""
    for line in evaluate_conversations(file, open_snapshot(searching=True)).lines(details=details):
        click.echo(line)


@evaluation.command("search")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--kana", is_flag=True, help="ask the queries as they sound, in hiragana only")
def eval_search(directory: Path, kana: bool) -> None:
    """A retrieval set: documents.jsonl, queries-dev.jsonl, qrels-dev.tsv."""
    for line in evaluate_search(directory, kana=kana).lines():
        click.echo(line)


@evaluation.command("entries")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--half", type=click.Choice(HALVES), help="only the lines for learning (odd) or for checking (even)")
@click.option("--details", is_flag=True, help="a line for each query whose first hit is not the right one")
def eval_entries(file: Path, half: Half | None, details: bool) -> None:
    """The search over our own entries: MRR, right first, right among three, junk first."""
    snapshot = open_snapshot(searching=True)
    try:
        queries = read_queries(file, half)
    except FaultyLine as error:
        raise click.ClickException(str(error)) from None

    def rank(query: str, lang: str, depth: int) -> list[str]:
        return [hit.id for hit in find(snapshot, query, lang, depth, ASKED_ON)]

    judged = judge(queries, rank)
    for line in (*report_lines(judged), *(missed_lines(judged) if details else ())):
        click.echo(line)
