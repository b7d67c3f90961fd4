"""What a strategist may move, what is hands off, and what was done lately that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.model.desired import DesiredAd, DesiredCampaign
from engine.model.people import Scope
from engine.model.time import account_day
from engine.store import Store, clients, decisions, desired, locks
from engine.store.locks import StoredLock
from engine.store.reads import moves as reads
from policies.agents import PERSON

LOOKS_BACK = timedelta(days=14)
SHOWN = 15


@dataclass(frozen=True)
class AdView:
    """One ad of ours; its headline is text of others."""

    variant: str
    headline: str
    enabled: bool


@dataclass(frozen=True)
class CampaignView:
    """One campaign of ours as it should be; ``daily_micros`` in the client's currency."""

    campaign: str
    title: str
    channel: str
    account: str
    daily_micros: int
    enabled: bool
    ads: tuple[AdView, ...]


@dataclass(frozen=True)
class LockView:
    """One lock that holds."""

    lock: str
    level: str
    thing: str
    by: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class DoneView:
    """One act that was carried out and may be taken back."""

    decision: str
    at: datetime
    by: str
    sentence: str


@dataclass(frozen=True)
class Moves:
    """Everything the page shows."""

    currency: str
    zone: str
    campaigns: tuple[CampaignView, ...]
    accounts: tuple[str, ...]
    locks: tuple[LockView, ...]
    done: tuple[DoneView, ...]


def moves(store: Store, scope: Scope, client: str, now: datetime) -> Moves:
    """What there is to move.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    scope.check(client, "strategist", "team", "admin")
    with store.read() as conn:
        who = clients.client(conn, client)
        known = desired.load(conn, client)
        names = reads.names(conn)
        titles = {key: c.title for key, c in known.items()}
        held = locks.holding(conn, client, now)
        today = account_day(now, who.time_zone)
        acts = decisions.between(conn, client, today - LOOKS_BACK, today)
        accounts = tuple(a.account for a in clients.accounts(conn, client))
    done = sorted((d for d in acts if d.state == "applied"), key=lambda d: d.at, reverse=True)
    by_place = sorted(known.values(), key=lambda c: (c.channel, c.title))
    return Moves(
        currency=who.currency,
        zone=who.time_zone,
        campaigns=tuple(map(_campaign, by_place)),
        accounts=accounts,
        locks=tuple(_lock(k, titles, names) for k in held),
        done=tuple(
            DoneView(d.decision_id, d.at, _by(d.agent, names), d.sentence) for d in done[:SHOWN]
        ),
    )


def _campaign(campaign: DesiredCampaign) -> CampaignView:
    ads = [a for g in campaign.ad_groups for a in g.ads]
    return CampaignView(
        campaign=campaign.campaign,
        title=campaign.title,
        channel=campaign.channel,
        account=campaign.account,
        daily_micros=campaign.daily_micros,
        enabled=campaign.enabled,
        ads=tuple(AdView(a.variant, _headline(a), a.enabled) for a in ads),
    )


def _headline(ad: DesiredAd) -> str:
    return ad.text.headlines[0] if ad.text.headlines else ad.variant


def _lock(lock: StoredLock, titles: dict[str, str], names: dict[str, str]) -> LockView:
    thing, by = titles.get(lock.thing, lock.thing), names.get(lock.by, lock.by)
    return LockView(lock.lock, lock.level, thing, by, lock.until, lock.reason)


def _by(agent: str, names: dict[str, str]) -> str:
    person = agent.removeprefix(PERSON)
    return names.get(person, person.replace("_", " ").capitalize())
