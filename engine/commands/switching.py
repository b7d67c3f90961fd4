"""One client under the kill switch: its accounts read, its campaigns stopped or started one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.commands.approvals import approval
from engine.commands.book import note
from engine.commands.house import House
from engine.execution import Shipment, Shipper, settle
from engine.model.accounts import Account, CampaignState, Snapshot
from engine.model.desired import DesiredCampaign
from engine.model.errors import Fault
from engine.model.people import Scope
from engine.store import clients, desired
from engine.store.clients import Client
from engine.store.intents import SWITCH, StoredIntents
from engine.store.passes import policy_in_force
from engine.store.register import StoredRegister
from policies.actions import SetCampaignStatus
from policies.gate import NotCleared, clear, judge
from policies.money import decimal_text
from policies.verdict import Escalated

Report = dict[str, list[str]]


@dataclass
class Switching:
    """What is needed to switch one client's campaigns; ``report`` is added to as it goes."""

    house: House
    scope: Scope
    now: datetime
    who: Client
    report: Report
    why: str = ""
    wanted: dict[str, DesiredCampaign] = field(init=False)
    accounts: dict[str, Account] = field(init=False)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up what should be true, and where."""
        with self.house.store.read() as conn:
            self.wanted = desired.load(conn, self.who.client)
            self.accounts = {a.account: a for a in clients.accounts(conn, self.who.client)}

    def read(self) -> bool:
        """Read and settle every account; True when all were read, the others are reported."""
        for key, account in self.accounts.items():
            try:
                platform = self.house.platforms[account.platform]
                self.snapshots[key] = platform.snapshot(self.who.client, account, self.now)
                self._settle(key)
            except Fault as fault:
                mine = [
                    c.campaign
                    for c in self.wanted.values()
                    if (c.account, c.enabled) == (key, True)
                ]
                for name in sorted(mine) or [f"account {key}"]:
                    self._failed(name, str(fault))
        return len(self.snapshots) == len(self.accounts)

    def stop(self) -> None:
        """Pause whatever of ours runs in the accounts that were read."""
        for key in self.snapshots:
            running = [c for c in self.snapshots[key].campaigns if c.campaign and c.enabled]
            for campaign in sorted(running, key=lambda c: c.campaign or ""):
                goal = self.wanted.get(campaign.campaign or "") or self._found(campaign, key)
                self._send(goal, campaign, enabled=False)

    def start(self, switched_off: frozenset[str]) -> None:
        """Switch on again what should run and what the switch itself paused (``switched_off``).

        What a person changed past us stays as it is: the next pass asks about it.
        """
        for key, goal in sorted(self.wanted.items()):
            if not goal.enabled:
                continue
            here = self.snapshots.get(goal.account)
            actual = here.owned(key) if here else None
            if actual is not None and actual.enabled:
                self.report["verified"].append(self._name(key))
                continue
            no = (
                _held_back(goal, actual, switched_off)
                if actual
                else "It is not in the account any more."
            )
            if no or actual is None:
                self._failed(key, no)
                self._booked(goal, f"{goal.name} stayed paused: {no}")
            elif self._send(goal, actual, enabled=True):
                self._booked(goal, f"{self.scope.name} switched {goal.name} on again. {self.why}")
            else:
                self._booked(goal, f"{goal.name} could not be switched on again. {self.why}")

    def _send(self, goal: DesiredCampaign, actual: CampaignState, *, enabled: bool) -> bool:
        action = SetCampaignStatus(
            client=self.who.client,
            currency=self.who.currency,
            agent=self.scope.person,
            reason=self.why or "The kill switch.",
            campaign=goal.campaign,
            account=goal.account,
            channel=actual.channel,
            enabled=enabled,
            daily_micros=actual.daily_micros,
        )
        try:
            done = self._ship(goal, action)
        except (Fault, NotCleared) as fault:
            self._failed(goal.campaign, str(fault))
            return False
        self.snapshots[goal.account] = done.snapshot
        receipt = done.receipt
        if receipt.outcome not in {"rejected", "not_sent"}:
            self.report["paused"].append(self._name(goal.campaign))
        if receipt.outcome in {"applied", "already"}:
            self.report["verified"].append(self._name(goal.campaign))
            return True
        self._failed(goal.campaign, f"{receipt.sentence} Look at it on the platform.")
        return False

    def _ship(self, goal: DesiredCampaign, action: SetCampaignStatus) -> Shipment:
        store = self.house.store
        with store.read() as conn:
            policy = policy_in_force(conn, self.who.client)
        there = StoredRegister(store, self.who, self.now).standing(tuple(self.snapshots.values()))
        verdict = judge(action, policy, there)
        senior = action.enabled and self.who.client in self.scope.senior
        given = (
            approval(self.scope, self.who.client, action.fingerprint, self.why, self.now)
            if senior and type(verdict) is Escalated
            else None
        )
        cleared = clear(verdict, now=self.now, approval=given)
        platform = self.house.platforms[self.accounts[goal.account].platform]
        shipper = Shipper(platform, StoredIntents(store))
        here = self.snapshots[goal.account]
        return shipper.ship(cleared, SWITCH, {goal.campaign: goal}, here, self.now)

    def _settle(self, account: str) -> None:
        """Close writes by what the account shows, so that none holds up a stop.

        A write cut off by a crash stands as sent for ever; one that is on its way right now does so
        for a moment. Of those only the status writes are closed: a status sent again is harmless,
        while a budget on its way must go on counting.
        """
        log = StoredIntents(self.house.store)
        open_ = [
            i
            for i in log.unresolved(self.who.client)
            if i.state == "unknown" or i.change.kind in {"pause_campaign", "enable_campaign"}
        ]
        for each in settle(open_, self.snapshots[account]):
            log.close([each.intent], each.state, each.sentence, self.now)

    def _found(self, campaign: CampaignState, account: str) -> DesiredCampaign:
        """A campaign of ours that nobody has on record yet, as it is."""
        return DesiredCampaign(
            client=self.who.client,
            campaign=campaign.campaign or "",
            account=account,
            channel=campaign.channel,
            name=campaign.name,
            daily_micros=campaign.daily_micros,
            enabled=campaign.enabled,
        )

    def _booked(self, goal: DesiredCampaign, said: str) -> None:
        detail: Mapping[str, Any] = {"reason": self.why, "daily_micros": goal.daily_micros}

        def write(conn: Any) -> None:
            note(
                conn,
                self.scope,
                self.now,
                self.who.client,
                kind="resume",
                ref=goal.campaign,
                sentence=said,
                detail=detail,
            )

        self.house.store.write(write)

    def _failed(self, campaign: str, why: str) -> None:
        self.report["failed"].append(f"{self._name(campaign)}: {why}")

    def _name(self, campaign: str) -> str:
        return f"{self.who.client}/{campaign}"


def _held_back(goal: DesiredCampaign, actual: CampaignState, switched_off: frozenset[str]) -> str:
    """Why a paused campaign is left as it is; empty when the switch may undo what it did."""
    if actual.daily_micros != goal.daily_micros:
        return (
            f"its daily budget is {decimal_text(actual.daily_micros)} and we left it at"
            f" {decimal_text(goal.daily_micros)}. It was changed outside the platform; the next"
            " pass asks about it."
        )
    if goal.campaign not in switched_off:
        return "it was not the switch that paused it. The next pass asks about it."
    return ""
