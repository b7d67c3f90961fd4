"""The kill switch: the switch first, then every campaign of ours is paused and read back, one by one.

Nothing is sent while it is thrown but stops. Resuming is a person's act and passes the gate like any other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands import policies
from engine.commands.approvals import approval
from engine.commands.book import note
from engine.commands.house import House
from engine.execution import Shipment, Shipper, settle
from engine.model.accounts import Account, Snapshot
from engine.model.desired import DesiredCampaign
from engine.model.errors import AskPerson, Fault
from engine.model.people import Scope
from engine.model.standing import standing
from engine.store import books, clients, desired, meta
from engine.store.clients import Client
from engine.store.intents import StoredIntents
from policies.actions import SetCampaignStatus
from policies.gate import NotCleared, clear, judge
from policies.verdict import Approval

Report = dict[str, list[str]]


def pause(house: House, scope: Scope, now: datetime, client: str | None) -> Report:
    """Stop one client, or everything in reach (None).

    Returns ``{"paused", "verified", "failed"}``, campaigns as ``client/campaign``: ``paused`` were told to
    pause, ``verified`` read back as paused, ``failed`` end with the reason. The switch holds even when
    every campaign fails: the loop sends nothing until somebody resumes.

    Raises:
        AskPerson: the client is out of reach, or the role may not stop it.
    """
    report: Report = {"paused": [], "verified": [], "failed": []}
    for who in _throw(house, scope, now, client, on=True):
        _each(house, scope, now, who, report, enabled=False)
    return report


def resume(house: House, scope: Scope, now: datetime, client: str | None, reason: str) -> Report:
    """Let the loop go on and switch on again what should be on; by a senior person, through the gate.

    Returns the same shape as ``pause``, ``paused`` naming what was told to run.

    Raises:
        AskPerson: not senior for a client that would be resumed.
    """
    report: Report = {"paused": [], "verified": [], "failed": []}
    for who in _throw(house, scope, now, client, on=False):
        _each(house, scope, now, who, report, enabled=True, reason=reason)
    return report


def _throw(
    house: House, scope: Scope, now: datetime, client: str | None, *, on: bool
) -> list[Client]:
    with house.store.read() as conn:
        reach = [c for c in clients.clients(conn, scope) if client in (None, c.client)]
    if client is not None and not reach:
        scope.check(client)
    for who in reach:
        scope.check(who.client, "strategist", "admin", "worker")
        if not on and scope.role != "operator" and who.client not in scope.senior:
            raise AskPerson(f"Resuming {who.name} takes a senior right for it.")

    def write(conn: Any) -> None:
        if client is None:
            meta.put(conn, "paused_all", "1" if on else "0")
        for who in reach:
            clients.set_paused(conn, who.client, paused=on)
            said = f"{scope.name} {'paused everything' if on else 'resumed'} for {who.name}."
            kind = "pause" if on else "resume"
            note(conn, scope, now, who.client, kind=kind, ref="kill-switch", sentence=said)

    house.store.write(write)
    return reach


def _each(
    house: House,
    scope: Scope,
    now: datetime,
    who: Client,
    report: Report,
    *,
    enabled: bool,
    reason: str = "",
) -> None:
    with house.store.read() as conn:
        wanted = desired.load(conn, who.client)
        accounts = clients.accounts(conn, who.client)
    for account in accounts:
        mine = {k: c for k, c in wanted.items() if c.account == account.account and c.enabled}
        try:
            snapshot = house.platforms[account.platform].snapshot(who.client, account, now)
        except Fault as fault:
            report["failed"] += [f"{who.client}/{key}: {fault}" for key in mine]
            continue
        _settle(house, now, who, snapshot)
        running = {c.campaign for c in snapshot.campaigns if c.campaign and c.enabled}
        report["verified"] += [f"{who.client}/{k}" for k in sorted(running & set(mine)) if enabled]
        for key in sorted(set(mine) - running if enabled else running):
            goal = wanted.get(key) or _found(snapshot, key, who.client)
            snapshot = _one(
                house, scope, now, who, account, snapshot, goal, report, enabled=enabled, why=reason
            )


def _settle(house: House, now: datetime, who: Client, snapshot: Snapshot) -> None:
    """Close writes of unknown outcome by what the account shows, so that none holds up a stop."""
    log = StoredIntents(house.store)
    unknown = [i for i in log.unresolved(who.client) if i.state == "unknown"]
    for each in settle(unknown, snapshot):
        log.close([each.intent], each.state, each.sentence, now)


def _found(snapshot: Snapshot, key: str, client: str) -> DesiredCampaign:
    state = snapshot.owned(key)
    assert state is not None
    return DesiredCampaign(
        client=client,
        campaign=key,
        account=snapshot.account.account,
        channel=state.channel,
        name=state.name,
        daily_micros=state.daily_micros,
        enabled=state.enabled,
    )


def _one(
    house: House,
    scope: Scope,
    now: datetime,
    who: Client,
    account: Account,
    snapshot: Snapshot,
    goal: DesiredCampaign,
    report: Report,
    *,
    enabled: bool,
    why: str,
) -> Snapshot:
    name = f"{who.client}/{goal.campaign}"
    actual = snapshot.owned(goal.campaign)
    action = SetCampaignStatus(
        client=who.client,
        currency=who.currency,
        agent=scope.person,
        reason=why or "The kill switch.",
        campaign=goal.campaign,
        account=account.account,
        channel=goal.channel,
        enabled=enabled,
        daily_micros=actual.daily_micros if actual else goal.daily_micros,
    )
    given = (
        approval(scope, who.client, action.fingerprint, why, now)
        if _may(scope, who, enabled)
        else None
    )
    try:
        done = _ship(house, now, who, account, snapshot, goal, action, given)
    except (Fault, NotCleared) as fault:
        report["failed"].append(f"{name}: {fault}")
        return snapshot
    receipt = done.receipt
    if receipt.outcome != "rejected":
        report["paused"].append(name)
    if receipt.outcome in {"applied", "already"}:
        report["verified"].append(name)
    else:
        report["failed"].append(f"{name}: {receipt.sentence} Look at it on the platform.")
    return done.snapshot


def _may(scope: Scope, who: Client, enabled: bool) -> bool:  # noqa: FBT001  one word of the same sentence
    return enabled and who.client in scope.senior


def _ship(
    house: House,
    now: datetime,
    who: Client,
    account: Account,
    snapshot: Snapshot,
    goal: DesiredCampaign,
    action: SetCampaignStatus,
    given: Approval | None,
) -> Shipment:
    with house.store.read() as conn:
        policy = policies.current(conn, who.client)
        side = (snapshot, books.books(conn, who.client, account, now))
        there = standing(who.client, who.currency, [side], now)
    cleared = clear(judge(action, policy, there), now=now, approval=given)
    shipper = Shipper(house.platforms[account.platform], StoredIntents(house.store))
    return shipper.ship(cleared, "kill-switch", {goal.campaign: goal}, snapshot, now)
