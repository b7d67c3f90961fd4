"""Read one source without letting it stop the others: a fault becomes a state, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from engine.model.accounts import Account, Snapshot
from engine.model.errors import Fault
from engine.model.outcomes import Pull, SourceState
from engine.model.ports import DealSource, Platform
from engine.signal import quality


@dataclass(frozen=True)
class Collected:
    """What an ad account gave: None where it could not be read; ``state`` says why."""

    snapshot: Snapshot | None
    pull: Pull | None
    state: SourceState


@dataclass(frozen=True)
class CollectedDeals:
    """What a CRM gave: ``pull`` is None when there was nothing new or it could not be read."""

    pull: Pull | None
    bookmark: str
    state: SourceState


def read_account(
    platform: Platform,
    client: str,
    account: Account,
    now: datetime,
    days: tuple[date, date],
    *,
    previous: pa.Table | None = None,
) -> Collected:
    """Structure and figures of one account; ``days`` are the first and last of its own calendar.

    ``previous`` are the figures kept before, to tell a doubtful restatement.
    """
    snapshot: Snapshot | None = None
    try:
        snapshot = platform.snapshot(client, account, now)
        pull = platform.facts(client, account, *days, now)
    except Fault as fault:
        return Collected(snapshot, None, quality.unavailable(platform.key, fault))
    return Collected(snapshot, pull, quality.judge(pull, previous, now))


def read_deals(source: DealSource, client: str, bookmark: str, now: datetime) -> CollectedDeals:
    """Deals changed since ``bookmark``; on a fault the bookmark stays where it was.

    Nothing new leaves ``as_of`` None: the source is as old as what it last gave.
    """
    try:
        found = source.deals(client, bookmark, now)
    except Fault as fault:
        return CollectedDeals(None, bookmark, quality.unavailable(source.key, fault))
    if found is None:
        state = SourceState(source.key, None, "fresh", f"{source.key} has nothing new.")
        return CollectedDeals(None, bookmark, state)
    pull, following = found
    return CollectedDeals(pull, following, quality.judge(pull, None, now))
