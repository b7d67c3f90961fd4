"""Discovery: two people answer each rule's question apart, and one value is written down with its reason.

Nothing of it moves anything: what is written down goes into a policy draft, which a second person publishes or not.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from engine.commands import drafting, refining
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.people import Role, Scope
from engine.store import discovery as table
from engine.store.discovery import PEOPLE, Agreed, Answer
from policies.drafting.forms import FormField
from policies.drafting.mistakes import partial_mistakes
from policies.drafting.questions import questions
from policies.drafting.typed import read

ANSWER: tuple[Role, ...] = ("client", "strategist", "team")
SETTLE: tuple[Role, ...] = ("strategist", "team")
_LONGEST = 1000


def answer(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    *,
    path: str,
    raw: Any,
    comment: str = "",
) -> None:
    """Keep this person's answer to one question; it can be changed until the second person has answered.

    ``raw`` is what the question's field of the form sends.

    Raises:
        AskPerson: the caller's role answers nothing here.
        BadInput: no such question, no value that a policy could hold, or two people have answered already.
    """
    scope.check(client, *ANSWER)
    field, value = _value(path, raw)
    said = " ".join(comment.split())[:_LONGEST]
    one = Answer(client, path, scope.person, scope.role_for(client), json.dumps(value), said, now)

    def write(conn: Any) -> None:
        if table.counts(conn, client).get(path, 0) >= PEOPLE:
            raise BadInput(
                f"Two people have answered {field.name} already; their answers are shown side by side."
            )
        table.keep(conn, one)
        sentence = f"{scope.name} answered the question on {field.name}."
        note(conn, scope, now, client, kind="discovery_answered", ref=path, sentence=sentence)

    house.store.write(write)


def settle(
    house: House, scope: Scope, now: datetime, client: str, *, path: str, raw: Any, reason: str
) -> None:
    """Write one value down for a question both have answered: one of theirs, or a third.

    Raises:
        AskPerson: the caller is neither strategist nor team.
        BadInput: not answered by two people yet, no reason, or no value a policy could hold.
    """
    scope.check(client, *SETTLE)
    field, value = _value(path, raw)
    why = reason_given(reason)

    def write(conn: Any) -> None:
        if table.counts(conn, client).get(path, 0) < PEOPLE:
            raise BadInput(f"{field.name} has not been answered by two people yet.")
        table.settle(conn, Agreed(client, path, json.dumps(value), why, scope.person, now))
        sentence = f"{scope.name} wrote down an answer on {field.name}. {why}"
        detail = {"value": value}
        note(
            conn,
            scope,
            now,
            client,
            kind="discovery_agreed",
            ref=path,
            sentence=sentence,
            detail=detail,
        )

    house.store.write(write)


def to_draft(house: House, scope: Scope, now: datetime, client: str) -> int:
    """Put everything written down and not yet drafted into one policy draft; returns its number.

    Raises:
        AskPerson: the caller writes no policy here.
        BadInput: there is nothing to put, no policy is in force, or the values make no valid policy.
    """
    drafting.may(scope, client, *drafting.WRITERS)

    def write(conn: Any) -> int:
        waiting = [one for one in table.settled(conn, client) if one.draft is None]
        if not waiting:
            raise BadInput("Nothing is written down that is not in a draft already.")
        values = {one.path: json.loads(one.value_json) for one in waiting}
        why = "From discovery: " + " ".join(one.reason for one in waiting)
        version = refining.written(conn, scope, now, client, values, why[:_LONGEST])
        table.drafted(conn, client, list(values), version)
        return version

    return house.store.write(write)


def _value(path: str, raw: Any) -> tuple[FormField, Any]:
    field = questions().get(path)
    if field is None:
        raise BadInput(f"Discovery asks nothing about {path}; choose one of the questions shown.")
    try:
        value = read(field, raw)
    except ValueError as wrong:
        raise BadInput(f"{field.name}: {wrong}") from None
    if value is None:
        raise BadInput(f"Write an answer for {field.name}.")
    found = partial_mistakes({path: value})
    if found:
        raise BadInput(f"{field.name}: {' '.join(m.sentence for m in found)}")
    return field, value
