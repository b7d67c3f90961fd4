"""A change the month's review suggests, written as a policy draft; a second person publishes it or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands import drafting
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import layers
from engine.store import policies as table
from policies.drafting.diff import differences
from policies.drafting.forms import policy_fields
from policies.drafting.spoken import line
from policies.drafting.versions import values_of


def draft(
    house: House, scope: Scope, now: datetime, client: str, *, path: str, value: Any, why: str
) -> int:
    """Write one value as a draft over the version in force; returns its number. Nothing is published.

    ``value`` is as a policy writes it (decimal text of units, or of one).

    Raises:
        AskPerson: the caller writes no policy here.
        BadInput: no policy is in force, there is no such value, no reason, or nothing would differ.
    """
    drafting.may(scope, client, *drafting.WRITERS)
    return house.store.write(lambda conn: written(conn, scope, now, client, {path: value}, why))


def written(
    conn: Any, scope: Scope, now: datetime, client: str, values: dict[str, Any], why: str
) -> int:
    """The same inside a transaction, for any number of values."""
    reason = reason_given(why)
    there = table.current(conn, client)
    if there is None:
        raise BadInput("No policy is in force for this client; write one under Guardrails.")
    for path in values:
        if path not in policy_fields():
            raise BadInput(f"The policy has no value {path}; choose one of those shown.")
    version = drafting.keep(conn, scope, now, client, {**layers.own(conn, there), **values})
    made = table.version(conn, client, version)
    assert made is not None
    unit = drafting.head(conn, client).currency
    changes = differences(values_of(there.body_json), values_of(made.body_json))
    diff = "; ".join(f"{d.block.title}, {d.field.name}: {line(d, unit)}" for d in changes)
    said = f"Policy draft v{version} was written. {diff}. {reason}"
    note(conn, scope, now, client, kind="policy", ref=f"v{version}", sentence=said)
    return version
