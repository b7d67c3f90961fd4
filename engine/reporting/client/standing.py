"""The standing a screen shows: built as the loop builds it, on what we want live instead of a fresh snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.model.accounts import Account, CampaignState, Snapshot
from engine.model.desired import DesiredCampaign
from engine.model.standing import standing
from engine.store import books, clients, desired
from policies.standing import Standing

_WHOLE = timedelta(days=1)  # past any hour at which yesterday's figures still count as open


@dataclass(frozen=True)
class Stands:
    """Two views of one client.

    ``judged`` is the gate's, where doubt counts against us; ``shown`` takes yesterday's figures as they
    are, for projections, which a doubt must not inflate.
    """

    judged: Standing
    shown: Standing


def stored_standing(conn: Any, client: str, now: datetime) -> Stands:
    """The standing of one client at ``now`` (aware). Money in micros of the client's currency."""
    currency = clients.client(conn, client).currency
    known = desired.load(conn, client)
    wanted = list(known.values())
    accounts = clients.accounts(conn, client)
    kept = books.all_books(conn, client, accounts, now, known)
    sides = [
        (_snapshot(account, wanted, now), book)
        for account, book in zip(accounts, kept, strict=True)
    ]
    as_is = [(found, replace(book, as_of=now + _WHOLE)) for found, book in sides]
    return Stands(
        judged=standing(client, currency, sides, now), shown=standing(client, currency, as_is, now)
    )


def _snapshot(account: Account, wanted: Sequence[DesiredCampaign], now: datetime) -> Snapshot:
    mine = tuple(_state(c) for c in wanted if c.account == account.account)
    return Snapshot(account, now, mine)


def _state(campaign: DesiredCampaign) -> CampaignState:
    return CampaignState(
        resource="",
        id=campaign.campaign,
        campaign=campaign.campaign,
        name=campaign.name,
        channel=campaign.channel,
        enabled=campaign.enabled,
        daily_micros=campaign.daily_micros,
        budget_resource="",
    )
