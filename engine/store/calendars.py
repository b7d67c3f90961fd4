"""The working calendars people wrote, by person."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, select

from engine.model.working_hours import Rota, WorkingCalendar
from engine.store import clients, policies, rows
from engine.store.tables import calendars as t


def save(conn: Connection, person: str, calendar: WorkingCalendar, by: str, now: datetime) -> None:
    """Keep a person's calendar in place of the one before."""
    body = calendar.model_dump_json()
    rows.put(conn, t, [{"person": person, "body_json": body, "changed_by": by, "changed_at": now}])


def of(conn: Connection, person: str) -> WorkingCalendar | None:
    """What a person wrote; None: nothing, or nothing this version can read."""
    text = conn.execute(select(t.c.body_json).where(t.c.person == person)).scalar()
    return None if text is None else _read(text)


def rota(conn: Connection, client: str) -> Rota:
    """Everybody's calendar, and who can be called; who has written none keeps office hours where the client is."""
    found = conn.execute(select(t.c.person, t.c.body_json))
    read = {str(row.person): _read(row.body_json) for row in found}
    known = {person: calendar for person, calendar in read.items() if calendar is not None}
    here = policies.callable_people(conn, client)
    return Rota(clients.client(conn, client).time_zone, known, here)


def _read(text: str) -> WorkingCalendar | None:
    try:
        return WorkingCalendar.model_validate_json(text)
    except ValidationError:
        return None
