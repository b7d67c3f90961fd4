"""Our own budget writes: what exposure and the month's limit are reckoned from.

Money is in micros of the account's currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from engine.model.standing import BudgetWrite
from engine.store import rows
from engine.store.tables import budget_writes as t


def record(conn: Connection, client: str, writes: Sequence[BudgetWrite]) -> None:
    """Keep budget writes that were, or may have been, carried out."""
    if writes:
        conn.execute(t.insert(), [{"client_id": client, **rows.values(w)} for w in writes])


def since(conn: Connection, client: str, instant: datetime) -> list[BudgetWrite]:
    """The writes at or after ``instant`` (UTC), oldest first."""
    mine = rows.pick(t, BudgetWrite).where(t.c.client_id == client, t.c.at >= instant)
    return rows.load(conn, mine.order_by(t.c.at, t.c.campaign), BudgetWrite)


def this_month(conn: Connection, client: str, month_start: date) -> dict[str, BudgetWrite]:
    """The latest write per campaign on or after the account-day ``month_start``."""
    mine = rows.pick(t, BudgetWrite).where(t.c.client_id == client, t.c.account_day >= month_start)
    return {w.campaign: w for w in rows.load(conn, mine.order_by(t.c.at), BudgetWrite)}


def highest_on(conn: Connection, client: str, account_day: date) -> dict[str, int]:
    """Per campaign written that day, the highest daily budget it had.

    The budget before the first write of the day counts too.
    """
    top = func.max(func.greatest(t.c.before_micros, t.c.after_micros))
    mine = select(t.c.campaign, top).where(t.c.client_id == client, t.c.account_day == account_day)
    return {campaign: int(micros) for campaign, micros in conn.execute(mine.group_by(t.c.campaign))}
