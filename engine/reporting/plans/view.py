"""A month's plan as one value: what is in force, what is proposed beside it, what holds it, who decided. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model.plans import Plan, PlanLine, Range
from engine.reporting.plans.bounds import Bind, binds
from engine.reporting.plans.worst import Worst, over, sentence, worst
from engine.reporting.words import MISSING, count, money, percent
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class Meta:
    """What the store says of a plan beside its text; ``by`` is a name, instants are UTC."""

    ref: str
    month: date
    status: str
    created_at: datetime
    by: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Known:
    """What a plan page is composed from. ``titles``: a campaign's name by its key; ``offers``: what it sells."""

    client: str
    name: str
    currency: str
    zone: str
    noun: str
    month: date
    in_force: tuple[Meta, Plan] | None
    proposed: tuple[Meta, Plan | None] | None
    history: tuple[Meta, ...]
    infeasible: tuple[datetime, tuple[str, ...]] | None
    policy: Policy | None
    cap_micros: int | None
    standing: Standing
    titles: Mapping[str, str]
    offers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChannelRow:
    """One channel in words: budgets a day, share, what is expected of it for the month, cost each.

    ``now`` is what is set at this moment, ``after`` what the plan sets.
    """

    channel: str
    now: str
    after: str
    change: str
    share: str
    actions: str
    cost: str


@dataclass(frozen=True)
class CampaignRow:
    """One campaign's daily budget now and by the plan, in words.

    ``moved`` says what a proposal took for now, where that has changed since.
    """

    name: str
    channel: str
    before: str
    after: str
    moved: str
    offer: str = ""


@dataclass(frozen=True)
class Shown:
    """One plan in words. ``figures`` are (name, value) for the month."""

    meta: Meta
    figures: tuple[tuple[str, str], ...]
    channels: tuple[ChannelRow, ...]
    campaigns: tuple[CampaignRow, ...]
    binds: tuple[Bind, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PlanPage:
    """The page. ``lead`` answers what is planned and what waits; ``broken`` a proposal that cannot be read."""

    known: Known
    lead: str
    in_force: Shown | None
    proposed: Shown | None
    broken: bool
    infeasible: tuple[datetime, tuple[str, ...]] | None
    exposure: str
    over_cap: bool
    doubt: bool
    worst: Worst


def plan_page(known: Known) -> PlanPage:
    """Compose the page."""
    proposed = known.proposed[1] if known.proposed else None
    found = worst(
        known.standing, known.policy, known.cap_micros, proposed.actions if proposed else ()
    )
    return PlanPage(
        known=known,
        lead=_lead(known),
        in_force=_shown(known, *known.in_force, judged=False) if known.in_force else None,
        proposed=_shown(known, known.proposed[0], proposed, judged=True)
        if known.proposed and proposed
        else None,
        broken=known.proposed is not None and proposed is None,
        infeasible=known.infeasible,
        exposure=sentence(found, known.currency),
        over_cap=over(found),
        doubt=bool(found.doubt),
        worst=found,
    )


def _lead(known: Known) -> str:
    month = f"{known.month:%B}"
    if known.in_force is None:
        first = f"No plan is in force for {month}."
    else:
        plan = known.in_force[1]
        first = (
            f"{month}'s plan is in force: {money(plan.budget_micros, known.currency)} for "
            f"{between(plan.primary_actions)} {_many(known.noun, plan.primary_actions)}."
        )
    if known.proposed is not None:
        return f"{first} A plan for {known.proposed[0].month:%B} waits for a decision."
    if known.infeasible is not None:
        return f"{first} No new plan stands inside the bounds."
    return f"{first} Nothing is proposed."


def _shown(known: Known, meta: Meta, plan: Plan, *, judged: bool) -> Shown:
    return Shown(
        meta=meta,
        figures=_figures(plan, known.noun),
        channels=_channels(known, plan),
        campaigns=tuple(_campaign(known, line, judged=judged) for line in plan.lines),
        binds=binds(plan, known.policy, known.standing, judged=judged),
        notes=plan.notes,
    )


def _figures(plan: Plan, noun: str) -> tuple[tuple[str, str], ...]:
    unit = plan.currency
    rows = [
        ("Month's budget", money(plan.budget_micros, unit)),
        ("Expected spend", money(plan.month_spend_micros, unit)),
        ("Worst case of the month", money(plan.month_worst_micros, unit)),
        (f"Expected {_many(noun, plan.primary_actions)}", likely(plan.primary_actions)),
        (f"Cost per {noun}", cost_each(plan.month_spend_micros, plan.primary_actions, unit)),
        ("Expected deals won", likely(plan.won)),
        ("Cost per deal won", cost_each(plan.month_spend_micros, plan.won, unit)),
    ]
    if plan.fee_micros:
        rows.append(("Fee", money(plan.fee_micros, unit)))
    return tuple(rows)


def _channels(known: Known, plan: Plan) -> tuple[ChannelRow, ...]:
    """By channel, the largest budget first; "now" is what is set at this moment."""
    by: dict[str, list[PlanLine]] = {}
    for line in plan.lines:
        by.setdefault(line.channel, []).append(line)
    rows = []
    for name, lines in sorted(by.items(), key=lambda kv: -sum(x.daily_micros for x in kv[1])):
        before = sum(_before(known, line) for line in lines)
        after, unit = sum(line.daily_micros for line in lines), known.currency
        spend = sum(line.month_spend_micros for line in lines)
        actions = together([line.primary_actions for line in lines])
        rows.append(
            ChannelRow(
                channel=name,
                now=money(before, unit),
                after=money(after, unit),
                change=_change(after - before, unit),
                share=percent(plan.shares.get(name)),
                actions=likely(actions),
                cost=cost_each(spend, actions, unit),
            )
        )
    return tuple(rows)


def _campaign(known: Known, line: PlanLine, *, judged: bool) -> CampaignRow:
    unit, now = known.currency, _before(known, line)
    drawn = line.before_micros
    moved = ""
    if judged and not line.launch and now != drawn:
        moved = f"was {money(drawn, unit)} when the plan was drawn up"
    return CampaignRow(
        name=known.titles.get(line.campaign, line.campaign),
        channel=line.channel,
        before="new" if line.launch else money(now, unit),
        after=money(line.daily_micros, unit),
        moved=moved,
        offer=known.offers.get(line.campaign, ""),
    )


def _before(known: Known, line: PlanLine) -> int:
    """What is set and running at this moment; nothing for a campaign that is still to be opened."""
    campaign = known.standing.campaign(line.campaign)
    if campaign is None:
        return line.before_micros
    return campaign.daily_micros if campaign.enabled else 0


def _change(delta: int, currency: str) -> str:
    if not delta:
        return "as it is"
    return f"{'+' if delta > 0 else ''}{money(delta, currency)}"


def _many(noun: str, found: Range) -> str:
    return count(found.mid, noun).split(" ", 1)[1]


def likely(found: Range) -> str:
    """``465 (likely 392–570)``; the interval holds 4 of 5 outcomes."""
    return f"{count(found.mid)} (likely {between(found)})"


def between(found: Range) -> str:
    """``392–570``."""
    return f"{count(found.low)}–{count(found.high)}"


def cost_each(spend_micros: int, found: Range, currency: str) -> str:
    """Cost per one, with the interval the counts give it; an en dash when none may come."""
    if found.low <= 0 or found.mid <= 0:
        return MISSING
    low, high = (
        money(spend_micros / found.high, currency),
        money(spend_micros / found.low, currency),
    )
    return f"{money(spend_micros / found.mid, currency)} (likely {low}–{high})"


def together(parts: Sequence[Range]) -> Range:
    """The sum of independent forecasts, as the planner adds them: the squared half-widths add up."""
    mid = sum(p.mid for p in parts)
    below = sum((p.mid - p.low) ** 2 for p in parts) ** 0.5
    above = sum((p.high - p.mid) ** 2 for p in parts) ** 0.5
    return Range(low=max(mid - below, 0.0), mid=mid, high=mid + above)
