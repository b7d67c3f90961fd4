"""Read every source of one client once; a late one never stops the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pyarrow as pa

from engine.model.accounts import Account, Snapshot
from engine.model.outcomes import Pull, SourceState
from engine.model.ports import DealSource, Platform
from engine.model.time import account_day
from engine.signal.collect import read_account, read_deals
from engine.signal.normalise import channels_of, deals, names_of
from engine.signal.windows import window


@dataclass
class Seen:
    """What was read. A pull is None where there was nothing, or nothing new; its state says why."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    accounts: list[tuple[Account, Pull | None, SourceState]] = field(default_factory=list)
    crm: list[tuple[Pull | None, str, SourceState]] = field(default_factory=list)

    @property
    def late(self) -> list[str]:
        """Why a source may be shown but not trusted today."""
        states = [state for *_, state in (*self.accounts, *self.crm)]
        return [state.sentence for state in states if state.state != "fresh"]


@dataclass(frozen=True)
class Sources:
    """Where one client's figures come from, and where the last reading ended.

    ``last_day`` is the newest account-day on record by account; ``bookmarks`` by CRM. ``previous`` are the
    figures kept of the days about to be read again: a jump in settled ones is not trusted.
    """

    client: str
    currency: str
    accounts: Sequence[Account]
    platforms: Mapping[str, Platform]
    deals: Mapping[str, DealSource]
    last_day: Mapping[str, date]
    bookmarks: Mapping[str, str]
    previous: pa.Table


def see(sources: Sources, now: datetime) -> Seen:
    """Everything the sources say at ``now`` (aware UTC), normalised: our keys, micros, account days."""
    seen = Seen()
    for account in sources.accounts:
        today = account_day(now, account.time_zone)
        days = window(today, first_pull=account.account not in sources.last_day)
        platform = sources.platforms[account.platform]
        found = read_account(
            platform, sources.client, account, now, days, previous=sources.previous
        )
        if found.snapshot is not None:
            seen.snapshots[account.account] = found.snapshot
        seen.accounts.append((account, found.pull, found.state))
    names = names_of(seen.snapshots.values())
    channels = channels_of(seen.snapshots.values())
    for key, source in sources.deals.items():
        told = read_deals(source, sources.client, sources.bookmarks.get(key, ""), now)
        pull = told.pull
        if pull is not None:
            pull = replace(pull, table=deals(pull.table, sources.currency, names, channels))
        seen.crm.append((pull, told.bookmark, told.state))
    return seen
