"""The command line: serve, ask, check, search, verify, index; each other command in a module beside it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from assistant import paths
from assistant.answers.answer import answer
from assistant.cli.content_option import content_option
from assistant.cli.day import Day
from assistant.cli.editing import new, preview, readability_command
from assistant.cli.evaluating import evaluation
from assistant.cli.learning import train_command
from assistant.cli.opening import open_snapshot, refuse
from assistant.cli.pdf_sheets import sheets
from assistant.cli.printing import facts_line, print_answer, print_contact, print_json
from assistant.cli.reviewing import review
from assistant.cli.rule_reports import change_lines, coverage_lines, deep_lines, graph_lines
from assistant.cli.usage_report import report_command
from assistant.clock import day_in_japan
from assistant.content.checks.catalogs import catalog_faults, catalog_texts
from assistant.content.checks.cross_references import dated_faults
from assistant.content.checks.gate import known, text_faults
from assistant.content.editing.reviews import review_faults
from assistant.conversation.reply import contact_of, words_of
from assistant.conversation.retrieval import look_up
from assistant.conversation.turn import take_turn
from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import VOICES, Voice
from assistant.language.lexicon.parts import Example
from assistant.language.lexicon_examples import broken_examples
from assistant.presentation.serializers import answer_json, found_json, hit_json, turn_json
from assistant.settings import BadSetting, Settings
from assistant.snapshot.publishing import AlreadyPublishing, publish
from assistant.snapshot.snapshot import build_snapshot
from assistant.training.sentences import ASKED_ON, sentence_faults

Command = Callable[..., Any]


def _answering(command: Command) -> Command:
    command = click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", help="language")(command)
    command = click.option("--on", type=Day(), default=day_in_japan, help="day of the visit or of asking")(command)
    command = click.option("--voice", type=click.Choice(VOICES), default="patient", help="who asks")(command)
    return click.option("--json", "as_json", is_flag=True, help="print the API's JSON")(command)


@click.group()
def main() -> None:
    """What happens if I bring this card?"""


main.add_command(new)
main.add_command(preview)
main.add_command(readability_command)
main.add_command(review)
main.add_command(train_command)
main.add_command(sheets)
main.add_command(report_command)
main.add_command(evaluation)


@main.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Run the site with waitress, until it is interrupted or told to end; what was counted is written first."""
    from assistant import create_app
    from assistant.web.delivery.waitress_server import serve as serve_by_waitress
    from assistant.web.http.observability import log_to_stderr
    from assistant.web.http.request_limits import server_options

    log_to_stderr()
    try:
        settings = Settings.from_environment()
        app = create_app(settings)
    except Faulty as error:
        refuse(error.faults)
    except (BadSetting, RuntimeError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"http://{host}:{port}/")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve_by_waitress(app, host=host, port=port, **server_options(settings))


@main.command()
@click.argument("text")
@_answering
def ask(text: str, lang: str, on: date, voice: Voice, as_json: bool) -> None:
    """Ask in your own words."""
    snapshot = open_snapshot(searching=True)
    turn = take_turn(snapshot, text, lang, voice, Facts(on), on)
    if as_json:
        print_json(turn_json(turn, snapshot, lang))
        return
    click.echo(f"[{turn.understanding.intent}] " + facts_line(turn.facts.as_codes()))
    said = words_of(turn, snapshot, lang)
    if said or not turn.answer:
        click.echo(said or turn.kind)
    if turn.answer:
        print_answer(turn.answer)
    print_contact(contact_of(turn, snapshot, lang), lang)
    for hit in (hit_json(hit, snapshot, lang) for hit in turn.hits):
        click.echo(f"  · {hit['title']}  {hit['url']}")


@main.command()
@click.argument("facts", nargs=-1, metavar="FACT=VALUE ...")
@_answering
def check(facts: tuple[str, ...], lang: str, on: date, voice: Voice, as_json: bool) -> None:
    """Decide a situation, for example: presented=old_card scheme=kouki."""
    try:
        found = answer(open_snapshot(), parse(_pairs(facts), on), voice, lang)
    except BadFact as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json(answer_json(found))
    else:
        print_answer(found)
        print_contact(found.contact, lang)


@main.command()
@click.argument("words")
@_answering
@click.option("--limit", default=10, type=click.IntRange(1, 50))
def search(words: str, lang: str, on: date, voice: Voice, as_json: bool, limit: int) -> None:
    """Search the FAQ."""
    snapshot = open_snapshot(searching=True)
    found = found_json(look_up(snapshot, words, lang, limit, on, voice), snapshot, lang)
    if as_json:
        print_json(found)
        return
    if found["meant"]:
        click.echo(f"did you mean: {found['meant']}")
    if not found["hits"]:
        click.echo(f"nothing answers this; ask {found['contact']['name']}. The nearest entries:")
    for hit in found["hits"] or found["nearest"]:
        click.echo(f"{hit['score']:7.3f}  {hit['title']}  {hit['url']}  ({', '.join(hit['matched'])})")


@main.command()
@click.option("--on", type=Day(), default=day_in_japan, help="the day against which review days are held")
@content_option
@click.option("--catalogs", type=click.Path(path_type=Path, file_okay=False), default=paths.TRANSLATIONS)
@click.option("--rules", is_flag=True, help="report what the check of the rules has covered")
@click.option("--deep", is_flag=True, help="with --rules: prove it a second way, with z3")
def verify(on: date, content: Path, catalogs: Path, rules: bool, deep: bool) -> None:
    """Check rules, content, words, sentences and translations; one line for each fault, exit 1 when there is any."""
    faults: list[Fault] = [*catalog_faults(catalogs), *sentence_faults(content)]
    try:
        snapshot = build_snapshot(content, searching=False)
    except Faulty as error:
        refuse([*faults, *error.faults])
    faults += dated_faults(on, snapshot.sources, snapshot.entries, snapshot.book)
    faults += review_faults(content, snapshot.entry_ids())
    registers = known(
        snapshot.sources, snapshot.contacts, snapshot.insurers, snapshot.municipalities, snapshot.glossary
    )
    faults += text_faults(catalog_texts(catalogs), registers)
    faults += (_fault_of(example, content) for example in broken_examples(snapshot.lexicon, ASKED_ON))
    if faults:
        refuse(faults)
    for book in (snapshot.book, snapshot.holding) if rules else ():
        for line in coverage_lines(book, dict(snapshot.sources), on):
            click.echo(line)
        for line in deep_lines(book.rules) if deep else ():
            click.echo(line)
    rows = sum(1 for _ in snapshot.book.rules.rows())
    click.echo(
        f"clean: {rows} rows, {len(snapshot.outcomes)} outcomes, {len(snapshot.entry_ids())} topics, "
        f"{len(snapshot.sources)} sources, snapshot {snapshot.version}"
    )


@main.command()
@content_option
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MADOGUCHI_STORE",
    default=Path(".madoguchi"),
    help="directory of snapshots; else MADOGUCHI_STORE, else .madoguchi",
)
def index(content: Path, store: Path) -> None:
    """Publish the content as a snapshot that a server can open."""
    try:
        click.echo(f"published {publish(content, store)} in {store}")
    except AlreadyPublishing:
        click.echo(f"{store}: already running, this one is not needed")
    except Faulty as error:
        refuse(error.faults)
    except OSError as error:
        where = error.filename or store
        raise click.ClickException(f"{where}: {error.strerror}; nothing was published, see to the disk") from None


@main.command()
@click.option("--from", "first", required=True, help="a day (YYYY-MM-DD) or a revision of git")
@click.option("--to", "last", required=True, help="a day (YYYY-MM-DD) or a revision of git")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja")
def changes(first: str, last: str, lang: str) -> None:
    """List the situations that move: between two days, or by an edit of the rules."""
    for line in change_lines(open_snapshot(), first, last, lang):
        click.echo(line)


@main.command()
def graph() -> None:
    """Print how the tables hang together, in the DOT language."""
    for line in graph_lines(open_snapshot().book.rules):
        click.echo(line)


def _fault_of(example: Example, content: Path) -> Fault:
    path = example.path.relative_to(content).as_posix()
    what = f"{example.expected} is {'not ' if example.holds else ''}found in {example.text!r}"
    return Fault(path, example.line, what, "mend the words or the example")


def _pairs(facts: tuple[str, ...]) -> dict[str, str | list[str]]:
    codes: dict[str, str | list[str]] = {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals:
            raise click.ClickException(f"{fact!r}: write FACT=VALUE, for example presented=old_card")
        if name == "presented":
            shown = codes.setdefault(name, [])
            codes[name] = [*shown, *value.split(",")]
        elif name in codes:
            raise click.ClickException(f"{name}: give it once")
        else:
            codes[name] = value
    return codes
