"""Actions, campaigns and a register in memory, for tests of the hands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from engine.model.accounts import AdGroupState, AdState, CampaignState, Snapshot
from engine.model.changes import Receipt
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.ports import Answer, Order
from engine.model.standing import Books, BudgetWrite, standing
from engine.model.time import account_day
from policies.actions import (
    AdGroupSpec,
    AdSpec,
    AdText,
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShipVariant,
    budget_changes,
)
from policies.gate import clear, judge
from policies.verdict import Approval, Family
from tests import strategies
from tests.engine.execution.memory import ACCOUNT, MemoryIntents, MemoryPlatform

UNIT = 1_000_000
NOW = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
CLIENT = strategies.CLIENT
POLICY = strategies.policy()
WHO = {"client": CLIENT, "currency": "GBP", "agent": "test", "reason": "Because."}


def text(word: str) -> AdText:
    return AdText(
        headlines=(f"{word} one", "Two", "Three"),
        descriptions=("Book a free consultation.", "Book a free consultation now."),
        final_url="https://acme.example/",
    )


def wanted(key: str, daily: int = 100, ads: tuple[str, ...] = ("a1",), enabled: bool = True):
    group = DesiredAdGroup(
        ad_group=f"{key}-main",
        name="Main",
        ads=tuple(DesiredAd(variant=v, concept="c", text=text(v)) for v in ads),
    )
    return DesiredCampaign(
        client=CLIENT,
        campaign=key,
        account=ACCOUNT.account,
        channel="google_search",
        name=f"Campaign {key}",
        daily_micros=daily * UNIT,
        enabled=enabled,
        ad_groups=(group,),
    )


def actual(
    key: str, daily: int = 100, ads: dict[str, bool] | None = None, **more: Any
) -> CampaignState:
    states = tuple(AdState(f"ads/{v}", v, on, text(v)) for v, on in (ads or {"a1": True}).items())
    group = AdGroupState(f"groups/{key}-main", f"{key}-main", "Main", True, (), states)
    whole: dict[str, Any] = {
        "resource": f"campaigns/{key}",
        "id": key,
        "campaign": key,
        "name": f"Campaign {key}",
        "channel": "google_search",
        "enabled": True,
        "daily_micros": daily * UNIT,
        "budget_resource": f"budgets/{key}",
        "ad_groups": (group,),
    }
    return CampaignState(**{**whole, **more})


def snapshot(*campaigns: CampaignState, now: datetime = NOW) -> Snapshot:
    return Snapshot(ACCOUNT, now, campaigns)


def budgets(*moves: tuple[str, int, int]) -> SetBudgets:
    rows = tuple(
        BudgetChange(
            campaign=key,
            account=ACCOUNT.account,
            channel="google_search",
            before_micros=before * UNIT,
            after_micros=after * UNIT,
        )
        for key, before, after in moves
    )
    return SetBudgets(**WHO, changes=rows)


def place(key: str) -> dict[str, Any]:
    return {"campaign": key, "account": ACCOUNT.account, "channel": "google_search"}


def status(key: str, daily: int = 100, *, enabled: bool) -> SetCampaignStatus:
    return SetCampaignStatus(**WHO, **place(key), enabled=enabled, daily_micros=daily * UNIT)


def ship_ad(key: str, variant: str, group: str | None = None) -> ShipVariant:
    ad = AdSpec(variant=variant, concept="c", text=text(variant))
    return ShipVariant(**WHO, **place(key), ad_group=group or f"{key}-main", ad=ad)


def pause_ad(key: str, variant: str) -> PauseVariant:
    return PauseVariant(**WHO, **place(key), ad_group=f"{key}-main", variant=variant)


def launch(key: str = "new", daily: int = 20) -> LaunchCampaign:
    ad = AdSpec(variant=f"{key}-ad", concept="c", text=text(key))
    groups = (AdGroupSpec(ad_group=f"{key}-main", name="Main", ads=(ad,)),)
    return LaunchCampaign(
        **WHO,
        **place(key),
        name=f"Campaign {key}",
        daily_micros=daily * UNIT,
        locations=("GB",),
        ad_groups=groups,
    )


def approval(action: Any, now: datetime = NOW, hours: int = 24) -> Approval:
    return Approval(
        fingerprint=action.fingerprint,
        person="priya",
        at=now - timedelta(minutes=1),
        expires_at=now + timedelta(hours=hours),
        reason="Yes.",
        families=frozenset(get_args(Family)),
    )


def cleared(action: Any, *campaigns: CampaignState, now: datetime = NOW) -> Any:
    """Leave to act, as the gate gives it with a person's yes."""
    there = standing(
        CLIENT, "GBP", [(snapshot(*campaigns), Books({}, {}, now, phase="closed_loop"))], now
    )
    return clear(judge(action, POLICY, there), now=now, approval=approval(action, now))


@dataclass
class MemoryRegister:
    """The register as dictionaries; ``dies`` is called at the start of each method."""

    intents: MemoryIntents
    now: datetime = NOW
    waiting: dict[str, Order] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    desired: dict[str, DesiredCampaign] = field(default_factory=dict)
    writes: list[BudgetWrite] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    told: dict[str, Answer] = field(default_factory=dict)
    paused: bool = False
    stale: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    asked: list[tuple[str, Any, str]] = field(default_factory=list)
    dies: Any = field(default=lambda where: None)

    def order(self, name: str, action: Any, yes: Approval | None = None) -> None:
        self.waiting[name] = Order(name, action, yes or approval(action, self.now))

    def orders(self) -> list[Order]:
        self.dies("orders")
        return [o for name, o in self.waiting.items() if name not in self.ends]

    def standing(self, snapshots: Any) -> Any:
        self.dies("standing")
        side = Books(
            {},
            {},
            self.now,
            writes=self.writes,
            open_intents=self.intents.unresolved(CLIENT),
            stale=self.stale,
            phase="closed_loop",
            paused=self.paused,
        )
        return standing(CLIENT, "GBP", [(s, side) for s in snapshots], self.now)

    def adopt(self, campaigns: Any) -> None:
        self.dies("adopt")
        self.desired |= campaigns

    def answers(self) -> dict[str, Answer]:
        return self.told

    def held(self) -> frozenset[str]:
        return self.holds

    def safe_wishes(self) -> list[Any]:
        return []

    def ask_again(self, order: Order, verdict: Any, policy: Any, there: Any, why: str) -> None:
        self.asked.append((order.decision, verdict.action, why))

    def took_over(
        self, cause: str, campaign: str, now_is: DesiredCampaign | None, there: Any
    ) -> None:
        self.desired.pop(campaign)
        if now_is is not None:
            self.desired[campaign] = now_is
        self.told[cause] = replace(self.told[cause], status="used")

    def edit_gone(self, cause: str) -> None:
        self.told[cause] = replace(self.told[cause], status="used")

    def settled(self, intent: Any, sentence: str) -> None:
        self.dies("settled")
        self.said.append(sentence)

    def voided(self, order: Order, sentence: str) -> None:
        self.dies("voided")
        self.ends[order.decision] = "voided"
        self.said.append(sentence)

    def carried_out(
        self, order: Order, receipt: Receipt, desired: Any, written: Any, before: Any
    ) -> None:
        self.dies("carried_out")
        self.said.append(receipt.sentence)
        if receipt.outcome in {"unknown", "not_sent"}:
            return
        self.ends[order.decision] = "rejected" if receipt.outcome == "rejected" else "applied"
        if receipt.outcome == "rejected":
            return
        self.desired = dict(desired)
        if isinstance(order.action, SetCampaignStatus):
            return
        day = account_day(self.now, ACCOUNT.time_zone)
        self.writes += [
            BudgetWrite(c.campaign, c.channel, day, c.before_micros, c.after_micros, 0, self.now)
            for c in budget_changes(order.action)
        ]


def hands(platform: MemoryPlatform, register: MemoryRegister, policy: Any = POLICY) -> Any:
    """The hands of one pass: they see the platform as it is now."""
    from engine.execution import Hands

    seen = platform.snapshot(CLIENT, ACCOUNT, register.now)
    return Hands(
        CLIENT,
        register.now,
        policy,
        {"google_ads": platform},
        register.intents,
        register,
        {ACCOUNT.account: seen},
        dict(register.desired),
    )


def one_pass(platform: MemoryPlatform, register: MemoryRegister, policy: Any = POLICY) -> Any:
    """Settle, then carry out, as one tick does."""
    mine = hands(platform, register, policy)
    mine.settle()
    mine.carry_out()
    return mine
