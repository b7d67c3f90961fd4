"""Discovery as its readers see it: their own answers, and both once two people have answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from engine.model.people import Scope
from engine.reporting.words import money
from engine.store import Store, clients, discovery
from engine.store.discovery import PEOPLE, Agreed, Answer
from engine.store.reads import moves
from policies.drafting.forms import FormField
from policies.drafting.questions import question_blocks
from policies.drafting.typed import shown
from policies.money import MICROS

State = Literal["open", "mine", "other", "same", "differ", "settled"]


@dataclass(frozen=True)
class Said:
    """One answer: whose, in words, and the person's comment (text of others)."""

    who: str
    value: str
    raw: Any
    comment: str


@dataclass(frozen=True)
class Question:
    """One question. ``mine`` is what the reader answered as a form starts with it (None: nothing yet).

    ``answers`` are both, or only the reader's own while one is missing. ``state``: nobody answered, only the reader,
    only somebody else, both the same, both and they differ, one value written down.
    """

    path: str
    title: str
    help: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    state: State
    mine: Any
    answers: tuple[Said, ...]
    settled: str
    reason: str
    draft: int | None


@dataclass(frozen=True)
class Topic:
    """One rule and its questions."""

    path: str
    title: str
    help: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Progress:
    """Every topic, and how many questions were answered by both, differ, and wait for a draft."""

    topics: tuple[Topic, ...]
    asked: int
    both: int
    differ: int
    undrafted: int
    currency: str


def progress(store: Store, scope: Scope, client: str) -> Progress:
    """Discovery of one client; another person's answer is read only where two people have answered.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        currency = clients.client(conn, client).currency
        names = moves.names(conn)
        counts = discovery.counts(conn, client)
        given = discovery.readable(conn, client, scope.person)
        kept = {one.path: one for one in discovery.settled(conn, client)}
    by_path: dict[str, list[Answer]] = {}
    for one in given:
        by_path.setdefault(one.path, []).append(one)

    def question(field: FormField) -> Question:
        answers = by_path.get(field.path, [])
        number = counts.get(field.path, 0)
        return _question(
            field, answers, number, kept.get(field.path), (scope.person, currency), names
        )

    topics = tuple(
        Topic(block.path, block.title, block.help, tuple(question(f) for f in fields))
        for block, fields in question_blocks()
    )
    every = [q for topic in topics for q in topic.questions]
    return Progress(
        topics=topics,
        asked=len(every),
        both=sum(counts.get(q.path, 0) >= PEOPLE for q in every),
        differ=sum(q.state == "differ" for q in every),
        undrafted=sum(bool(q.settled) and q.draft is None for q in every),
        currency=currency,
    )


def _question(
    field: FormField,
    answers: list[Answer],
    number: int,
    kept: Agreed | None,
    reader: tuple[str, str],
    names: dict[str, str],
) -> Question:
    person, currency = reader
    mine = next((json.loads(a.value_json) for a in answers if a.person == person), None)
    return Question(
        path=field.path,
        title=field.label,
        help=field.help,
        kind=field.kind,
        choices=tuple(field.choices.items()),
        state=_state(answers, number, kept, answered=mine is not None),
        mine=shown(field, mine),
        answers=tuple(
            Said(
                names.get(a.person, a.person),
                told(field, json.loads(a.value_json), currency),
                shown(field, json.loads(a.value_json)),
                a.comment,
            )
            for a in answers
        ),
        settled=told(field, json.loads(kept.value_json), currency) if kept else "",
        reason=kept.reason if kept else "",
        draft=kept.draft if kept else None,
    )


def _state(answers: list[Answer], number: int, kept: Agreed | None, *, answered: bool) -> State:
    if kept is not None:
        return "settled"
    if number >= PEOPLE:
        return "same" if len({a.value_json for a in answers}) == 1 else "differ"
    if answered:
        return "mine"
    return "other" if number else "open"


def told(field: FormField, value: Any, currency: str) -> str:
    """A value in words, with its unit."""
    raw = shown(field, value)
    if field.kind == "money":
        return money(float(raw) * MICROS, currency)
    if field.kind == "share":
        return f"{raw:g}%"
    if field.kind == "yes_no":
        return "Yes" if raw else "No"
    if isinstance(raw, list):
        return ", ".join(field.choices.get(v, v) for v in raw)
    text = str(raw).replace("\n", ", ")
    return field.choices.get(text, text)
