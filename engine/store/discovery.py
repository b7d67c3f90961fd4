"""The answers of discovery: two people apart, and what was written down of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from engine.store import rows
from engine.store.tables import agreed, answers

PEOPLE = 2
"""How many people answer a question."""


@dataclass(frozen=True)
class Answer:
    """One person's answer; ``value_json`` as a policy writes it, ``at`` UTC."""

    client: str
    path: str
    person: str
    role: str
    value_json: str
    comment: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """What was written down, with the reason; ``draft`` is the policy draft it went into, None before."""

    client: str
    path: str
    value_json: str
    reason: str
    person: str
    at: datetime
    draft: int | None = None


def readable(conn: Connection, client: str, person: str) -> list[Answer]:
    """A person's own answers, and those of questions both people have answered."""
    both = (
        select(answers.c.path)
        .where(answers.c.client_id == client)
        .group_by(answers.c.path)
        .having(func.count() >= PEOPLE)
    )
    mine = rows.pick(answers, Answer).where(
        answers.c.client_id == client,
        or_(answers.c.person == person, answers.c.path.in_(both)),
    )
    return rows.load(conn, mine.order_by(answers.c.path, answers.c.at), Answer)


def counts(conn: Connection, client: str) -> dict[str, int]:
    """How many people have answered each question."""
    statement = (
        select(answers.c.path, func.count())
        .where(answers.c.client_id == client)
        .group_by(answers.c.path)
    )
    return {path: int(n) for path, n in conn.execute(statement)}


def keep(conn: Connection, answer: Answer) -> None:
    """Keep an answer in place of the same person's before it."""
    rows.put(conn, answers, [rows.values(answer)])


def settled(conn: Connection, client: str) -> list[Agreed]:
    """What was written down, by question."""
    mine = rows.pick(agreed, Agreed).where(agreed.c.client_id == client)
    return rows.load(conn, mine.order_by(agreed.c.path), Agreed)


def settle(conn: Connection, one: Agreed) -> None:
    """Write one down, in place of what was."""
    rows.put(conn, agreed, [rows.values(one)])


def drafted(conn: Connection, client: str, paths: list[str], draft: int) -> None:
    """Keep into which draft they went."""
    mine = (agreed.c.client_id == client, agreed.c.path.in_(paths))
    conn.execute(update(agreed).where(*mine).values(draft=draft))
