"""The hands of one pass: settle what is unknown, take over what is ours, carry out what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from engine.execution.adopt import adopted, as_it_is
from engine.execution.edits import Edit, alarm, differences, put_back, taken_over
from engine.execution.obstacles import is_stop, obstacle, touched
from engine.execution.settle import settle
from engine.execution.ship import Shipment, Shipper, pending
from engine.execution.waiting import account_of, ground_moved, held, never_ran, written_today
from engine.model.accounts import Account, CampaignState, Snapshot
from engine.model.alarms import Alarm
from engine.model.changes import Receipt
from engine.model.desired import Desired, after
from engine.model.errors import Fault, TryLater, UnknownOutcome
from engine.model.ports import Answer, IntentLog, Order, Platform, Register
from engine.model.standing import Books, standing
from policies.actions import (
    LaunchCampaign,
    SetCampaignStatus,
    budget_changes,
)
from policies.gate import NotCleared, clear, judge
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class Edits:
    """What was changed past us: questions to ask, wishes to put it back, campaigns left alone till then."""

    alarms: tuple[Alarm, ...]
    wishes: tuple[Any, ...]
    left_alone: frozenset[str]


@dataclass
class Hands:
    """One pass over the accounts that could be read.

    ``snapshots`` and ``desired`` move on as things are carried out; ``changes`` counts writes that
    arrived, ``doubts`` says what could not be verified.
    """

    client: str
    now: datetime
    policy: Policy | None
    platforms: Mapping[str, Platform]
    intents: IntentLog
    register: Register
    snapshots: dict[str, Snapshot]
    desired: Desired
    changes: int = 0
    doubts: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)  # platforms that stopped answering in this pass
    blind: bool = False  # a write arrived and could not be read back: what we know is out of date

    def settle(self) -> None:
        """Look up every write whose answer was lost, then adopt campaigns of ours nobody knows yet."""
        self._look_up()
        self._adopt(tuple(self.snapshots.values()))

    def _look_up(self) -> None:
        unresolved = self.intents.unresolved(self.client)
        for snapshot in self.snapshots.values():
            for each in settle(unresolved, snapshot):
                self.intents.close([each.intent], each.state, each.sentence, self.now)
                self.register.settled(each.intent, each.sentence)

    def _adopt(self, snapshots: Iterable[Snapshot]) -> None:
        for snapshot in snapshots:
            new = adopted(self.client, {**self.desired, **self._half_launched()}, snapshot)
            if new:
                self.register.adopt(new)
                self.desired = {**self.desired, **new}

    def _half_launched(self) -> Desired:
        """Campaigns a launch that was cut off may have created: they are the launch's to finish."""
        launches = [o.action for o in self.register.orders()]
        return {
            key: campaign
            for action in launches
            if isinstance(action, LaunchCampaign)
            for key, campaign in after({}, action).items()
        }

    def carry_out(self) -> None:
        """Judge every waiting order again on the state of this moment, and ship what is cleared; stops first.

        One order that cannot be carried out now never holds up another, and says so in ``doubts``. A platform
        that stopped answering is asked for stops only; after a write that could not be read back nothing but
        stops is sent anywhere, because every bound is reckoned over all accounts.
        """
        alone = self.register.held()
        for order in sorted(self.register.orders(), key=lambda o: not is_stop(o.action)):
            snapshot = self.snapshots.get(account_of(order.action))
            if snapshot is None or (self._held(snapshot) and not is_stop(order.action)):
                continue
            if held(order, alone):
                continue
            try:
                self._one(order, snapshot)
            except Fault as no:
                self.doubts.append(str(no))
                self.blind |= isinstance(no, UnknownOutcome)
                if isinstance(no, TryLater):
                    self.silent.add(snapshot.account.platform)

    def _held(self, snapshot: Snapshot) -> bool:
        return self.blind or snapshot.account.platform in self.silent

    def _one(self, order: Order, snapshot: Snapshot) -> None:
        there = self.register.standing(tuple(self.snapshots.values()))
        in_the_way = obstacle(order.action, self.desired, snapshot)
        if not in_the_way and not pending(order.action, self.desired, snapshot):
            # A write whose answer was lost had arrived, or a person did the same by hand.
            goal = after(self.desired, order.action)
            self._record(order, Shipment(Receipt("already"), goal, snapshot, ()), there)
        elif not self._must_wait(order.action, there):
            self._ship(order, snapshot, there)

    def stop_all(self) -> None:
        """While the kill switch is on: pause whatever of ours runs, one by one, read back; settle and adopt after.

        A stop stands on what the platform shows and on nothing that is stored, and one that fails never keeps
        the others from being sent. ``desired`` keeps what should run again after the switch is released.
        """
        found = tuple(self.snapshots.values())
        self._try("Writes without an answer could not be looked up", self._look_up)
        for before in found:
            for campaign in before.campaigns:
                if campaign.campaign and campaign.enabled:
                    stop = partial(self._stop, campaign, before.account)
                    self._try(f"{campaign.name} could not be paused", stop)
        self._adopt(found)

    def _try(self, failed: str, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as no:  # noqa: BLE001  whatever one stop meets, the next one is still sent
            told = str(no) if isinstance(no, Fault | NotCleared) else type(no).__name__
            self.doubts.append(f"{failed}: {told}")

    def _stop(self, campaign: CampaignState, account: Account) -> None:
        key = campaign.campaign or ""
        action = SetCampaignStatus(
            client=self.client,
            currency=account.currency,
            agent="kill-switch",
            reason="The kill switch is on.",
            campaign=key,
            account=account.account,
            channel=campaign.channel,
            enabled=False,
            daily_micros=campaign.daily_micros,
        )
        alone = Snapshot(account, self.now, (campaign,))
        side = (alone, Books({}, {}, None, paused=True))
        there = standing(self.client, account.currency, [side], self.now)
        cleared = clear(judge(action, None, there), now=self.now)
        shipper = Shipper(self.platforms[account.platform], self.intents)
        goal = {key: as_it_is(self.client, campaign, account.account)}
        done = shipper.ship(cleared, "kill-switch", goal, alone, self.now)
        self.changes += len(done.written)
        if done.written:
            self.snapshots[account.account] = done.snapshot
        if done.receipt.outcome not in {"applied", "already"}:
            self.doubts.append(f"{campaign.name} could not be paused: {done.receipt.sentence}")

    def edits(self, currency: str) -> Edits:
        """What somebody changed past us, less what was answered: that is taken over, or wished back.

        What safe states ask for is wished too, and what they hold is left alone.
        Call it after ``carry_out``: a difference a waiting order or an open write explains is none.
        """
        answers = self.register.answers()
        found = differences(self.desired, self.snapshots.values(), self._busy())
        alarms: list[Alarm] = []
        wishes: list[Any] = []
        for edit in found:
            answer = answers.get(edit.cause)
            status = answer.status if answer and answer.fingerprint == edit.fingerprint else "used"
            if status == "approved":
                self._take_over(edit)
            elif status == "rejected":
                wishes += put_back(edit, currency)
            elif status in {"waiting", "used"}:
                alarms.append(alarm(edit, currency))
        self._withdraw(answers, {edit.cause for edit in found})
        wishes += self.register.safe_wishes()
        alone = frozenset(edit.wanted.campaign for edit in found) | self.register.held()
        return Edits(tuple(alarms), tuple(wishes), alone)

    def _take_over(self, edit: Edit) -> None:
        key, now_is = edit.wanted.campaign, taken_over(edit)
        there = self.register.standing(tuple(self.snapshots.values()))
        self.register.took_over(edit.cause, key, now_is, there)
        rest = {k: c for k, c in self.desired.items() if k != key}
        self.desired = rest if now_is is None else {**rest, key: now_is}

    def _withdraw(self, answers: Mapping[str, Answer], still: set[str]) -> None:
        """Close questions about differences that are gone; an account that was not read says nothing."""
        read = {c.campaign for c in self.desired.values() if c.account in self.snapshots}
        for cause, answer in answers.items():
            if (
                answer.status == "waiting"
                and cause not in still
                and cause.partition(":")[2] in read
            ):
                self.register.edit_gone(cause)

    def _busy(self) -> set[str]:
        """Campaigns with an order still to be carried out or a write not settled yet."""
        waiting = {key for order in self.register.orders() for key in touched(order.action)}
        return waiting | {i.change.campaign_key for i in self.intents.unresolved(self.client)}

    def _must_wait(self, action: Any, there: Standing) -> bool:
        """True while only time, a fresh reading or a settled write is missing; the order stays as it is.

        Budgets are written once per campaign and account-day: a raise decided later waits for tomorrow.
        """
        if is_stop(action):
            return False
        mine = set(touched(action))
        open_ = {i.change.campaign_key for i in self.intents.unresolved(self.client)}
        stale = any(a.stale for a in there.accounts) and bool(budget_changes(action))
        return there.paused or stale or bool(mine & open_) or written_today(action, there)

    def _ship(self, order: Order, snapshot: Snapshot, there: Standing) -> None:
        before = self._as_before(order, there)
        moved = ground_moved(order, self.policy, before)
        if moved is not None:
            self.register.voided(order, moved.sentence)
            if moved.again is not None and self.policy is not None:
                self.register.ask_again(order, moved.again, self.policy, before, moved.sentence)
            return
        verdict = judge(order.action, self.policy, before)
        try:
            cleared = clear(verdict, now=self.now, approval=order.approval)
        except NotCleared as no:
            self.register.voided(order, str(no))
            return
        platform = self.platforms[snapshot.account.platform]
        shipper = Shipper(platform, self.intents)
        done = shipper.ship(cleared, order.decision, self.desired, snapshot, self.now)
        self._record(order, done, there)

    def _as_before(self, order: Order, there: Standing) -> Standing:
        """The standing without what this order has brought about itself on an earlier try.

        A launch that got as far as its paused campaign is judged as the launch it was; a campaign that is on
        record as ours, runs, or was ever billed is no such leftover.
        """
        action, rest = order.action, there.campaigns
        if isinstance(action, LaunchCampaign) and action.campaign not in self.desired:
            rest = tuple(c for c in rest if c.campaign != action.campaign or not never_ran(c))
        others = tuple(key for key in there.paused_today if key != order.decision)
        pauses = tuple(p for p in there.pauses if p.key != order.decision)
        return there.model_copy(
            update={"campaigns": rest, "paused_today": others, "pauses": pauses}
        )

    def _record(self, order: Order, done: Shipment, before: Standing) -> None:
        self.snapshots[done.snapshot.account.account] = done.snapshot
        self.desired = done.desired
        self.changes += len(done.written)
        if done.receipt.outcome in {"unknown", "not_sent"}:
            self.doubts.append(done.receipt.sentence)
        self.register.carried_out(order, done.receipt, done.desired, done.written, before)
