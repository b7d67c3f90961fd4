"""Apply a Mutate to an account: draft, biller, disk, memory, in that order."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sandbox.google.mutate.draft import Draft, Write
from sandbox.google.mutate.run import run
from sandbox.google.wire import plain
from sandbox.market.season import day_of
from sandbox.settle import settle
from sandbox.state import Account
from sandbox.store import Store


def draft_of(account: Account, now: datetime) -> Draft:
    """A copy of the account to work on."""
    return Draft(
        customer_id=account.customer_id,
        currency=account.spec.currency,
        today=day_of(now, account.spec.time_zone),
        entities=dict(account.entities),
        next_id=account.next_id,
    )


def apply(store: Store, account: Account, request: Any, now: datetime, *, by: str) -> Any:
    """Apply a request in one transaction; memory changes only after the disk has it.

    Raises:
        Refused: an operation breaks one of Google's rules; nothing was changed.
    """
    draft = draft_of(account, now)
    response = run(draft, request)
    # The biller's day is that of the hour still to be simulated: where a zone is offset by part of
    # an hour, that hour may belong to the day before.
    billing_day = day_of(account.simulated_until, account.spec.time_zone)
    meters = settle(draft.entities, account.meters, billing_day)
    keys = _keys(draft, account.keys)
    request_id = secrets.token_urlsafe(12)
    with store.change():
        store.put_entities(account.customer_id, account.entities, draft.entities)
        store.put_meters(account.customer_id, meters)
        for write in draft.writes:
            _log(store, account.customer_id, write, {"by": by, "request_id": request_id}, now)
        store.put_header(account, keys=keys, next_id=draft.next_id)
    account.entities, account.next_id, account.keys = draft.entities, draft.next_id, keys
    account.meters = {**account.meters, **meters}
    return response


def _log(store: Store, customer: str, write: Write, origin: dict[str, str], now: datetime) -> None:
    shown = write.after if write.after is not None else write.before
    body = {
        "at": now.isoformat(),
        **origin,
        "kind": write.kind,
        "operation": write.operation,
        "resource_name": write.name,
        "name": getattr(shown, "name", ""),
        "after": plain(write.after) if write.after is not None else None,
    }
    old = write.before.SerializeToString() if write.before is not None else None
    new = write.after.SerializeToString() if write.after is not None else None
    store.add_write(customer, body, old, new)


def _keys(draft: Draft, known: dict[int, str]) -> dict[int, str]:
    keys = dict(known)
    for each in draft.of("campaigns"):
        if each.id not in keys:
            taken, name, count = set(keys.values()), each.name, 2
            while name in taken:
                name, count = f"{each.name}#{count}", count + 1
            keys[each.id] = name
    return keys
