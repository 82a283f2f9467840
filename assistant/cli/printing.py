"""Answers as lines of text, or as the API's JSON."""

from __future__ import annotations

import json
from typing import Any

import click

from assistant.answers.kinds import Answer, EitherAnswer, NotConfirmedAnswer, OutcomeAnswer, QuestionAnswer
from assistant.content.fact_words import Contact


def print_json(body: dict[str, Any]) -> None:
    """Print ``body`` as the API would send it."""
    click.echo(json.dumps(body, ensure_ascii=False, indent=2))


def facts_line(codes: dict[str, str | list[str]]) -> str:
    """Return facts as they are typed: ``FACT=VALUE …``."""
    return " ".join(f"{fact}={value if isinstance(value, str) else ','.join(value)}" for fact, value in codes.items())


def print_answer(found: Answer) -> None:
    """Print what follows, whatever kind of answer it is."""
    if isinstance(found, NotConfirmedAnswer):
        click.echo(found.message)
    elif isinstance(found, OutcomeAnswer):
        _print_outcome(found)
    elif isinstance(found, EitherAnswer):
        for it in found.branches:
            given = ", ".join(f"{fact}={value}" for fact, value in it.given.items())
            click.echo(f"{given} → {it.outcome.standing}: {it.outcome.version(found.asked.lang).title}")
        click.echo(f"bring as well: {', '.join(found.bring)}" if found.bring else "")
    else:
        _print_question(found)


def print_contact(contact: Contact, lang: str) -> None:
    """Print whom to call."""
    click.echo(f"  {contact.name[lang]} {contact.phone or ''}".rstrip())


def _print_question(asked: QuestionAnswer) -> None:
    click.echo(f"? {asked.text}")
    for option in asked.options:
        click.echo(f"  {asked.fact}={option.value}  {option.label}")
    for it in asked.possible:
        click.echo(f"  … {it.outcome.standing}: {it.outcome.version(asked.asked.lang).title}")


def _print_outcome(found: OutcomeAnswer) -> None:
    click.echo(f"{found.outcome.standing}: {found.version.title}")
    click.echo(found.telling.summary)
    click.echo(found.telling.pay)
    if found.money:
        click.echo(found.money)
    for number, step in enumerate(found.telling.steps, 1):
        click.echo(f"  {number}. {step}")
    click.echo(
        f"visit {found.asked.facts.visit_date} | in force {found.window.first} – {found.window.last or ''} | "
        f"checked {found.checked_on} | {found.confidence} | rules {found.asked.version}"
    )
    for it in found.otherwise:
        click.echo(f"  if {it.fact}={it.value}: {it.standing} ({it.outcome})")
    if found.further:
        _print_question(found.further)
    for source in found.sources:
        click.echo(f"  {source.id} {source.issued(found.asked.lang)}: {source.titled(found.asked.lang)}")
