"""An escalation before it is stored: who decides, by when, on what evidence, and what is safe meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.model import levers
from engine.model.alarms import Alarm, Option
from engine.model.working_hours import Rota
from policies import exposure, grounds
from policies.actions import (
    Evidence,
    LaunchCampaign,
    PauseVariant,
    SetCampaignStatus,
    ShipVariant,
    budget_changes,
    channels_of,
)
from policies.case import Case
from policies.money import decimal_text, spoken
from policies.policy import Policy
from policies.rule import channel_name
from policies.standing import Standing
from policies.triggers import SAFE_STATES, Trigger
from policies.verdict import Escalated

Kind = Literal[
    "bound",
    "plan",
    "spend_anomaly",
    "performance_drift",
    "attribution_mismatch",
    "lead_quality",
    "outside_edit",
    "stale_source",
    "tracking_broken",
    "expiring_token",
    "rejected_ad",
]
ENDS_BY_ITSELF = frozenset({"stale_source", "tracking_broken", "expiring_token"})
"""Kinds of alarm that every pass looks at: not seen again, the trouble is over."""
TITLE_LENGTH = 52


@dataclass(frozen=True)
class EscalationDraft:
    """One thing a person must decide. ``cause`` is stable: a repeat adds evidence to the open one.

    Instants are UTC; ``waiting_cost_micros`` is a day's cost in the client's currency, None when
    unknown. ``before_after`` are rows of what, before, after, as text. ``asked`` is who has to decide: the
    owner, or the backup while the owner is away. ``based_on`` are the facts the action rests on
    (``policies.grounds``), ``follows`` the rejected question it comes back from.
    """

    client: str
    cause: str
    kind: Kind
    title: str
    what: str
    evidence: tuple[Evidence, ...]
    action: Any | None
    fingerprint: str
    rule_quote: str
    options: tuple[Option, ...]
    owner: str
    backup: str
    opened_at: datetime
    due_at: datetime
    safe_state: str
    waiting_cost_micros: int | None
    before_after: tuple[tuple[str, str, str], ...] = ()
    asked: str = ""
    safe: str = "hold"
    sla_hours: float = 0.0
    based_on: Mapping[str, str] | None = None
    follows: str | None = None


def from_verdict(
    verdict: Escalated,
    policy: Policy,
    *,
    client: str,
    now: datetime,
    time_zone: str,
    standing: Standing,
    rota: Rota | None = None,
) -> EscalationDraft:
    """The escalation of an action that met a bound; approving it runs exactly this diff.

    ``rota`` holds people's calendars; None: office hours in ``time_zone`` for everybody.
    """
    action = verdict.action
    rules = sorted({r.rule for r in verdict.reasons})
    things = sorted(c.campaign for c in budget_changes(action)) or [_thing(action)]
    return _draft(
        policy.triggers.bound,
        (client, now, rota or Rota(time_zone)),
        cause=f"bound:{action.kind}:{'+'.join(rules)}:{'+'.join(things)}",
        kind="bound",
        title=_title(action),
        what=f"{action.reason} It waits because: {verdict.sentence}",
        evidence=action.evidence,
        action=action,
        fingerprint=verdict.fingerprint,
        rule_quote=" ".join(rule.describe() for rule in policy.guardrails if rule.name in rules)
        or verdict.sentence,
        options=_options(verdict, policy, standing),
        waiting_cost_micros=_gain(action),
        before_after=before_after(action),
        based_on=grounds.facts(standing, action),
    )


def from_alarm(
    alarm: Alarm,
    policy: Policy,
    *,
    client: str,
    now: datetime,
    time_zone: str,
    rota: Rota | None = None,
) -> EscalationDraft:
    """The escalation of an alarm; there is no action to approve."""
    trigger: Trigger = getattr(policy.triggers, alarm.kind)
    return _draft(
        trigger,
        (client, now, rota or Rota(time_zone)),
        cause=alarm.cause,
        kind=alarm.kind,
        title=alarm.title,
        what=alarm.what,
        evidence=alarm.evidence,
        action=None,
        fingerprint=alarm.fingerprint,
        rule_quote=_trigger_quote(trigger),
        options=alarm.options,
        waiting_cost_micros=alarm.waiting_cost_micros,
        before_after=alarm.before_after,
    )


def before_after(action: Any) -> tuple[tuple[str, str, str], ...]:
    """What an action changes as rows a person reads: the thing, before, after; money a day in whole units."""
    match action:
        case PauseVariant():
            return ((action.variant, "running", "paused"),)
        case ShipVariant():
            return ((action.ad.variant, "not there", "running"),)
        case SetCampaignStatus():
            on, off = "running", "paused"
            return ((action.campaign, *((off, on) if action.enabled else (on, off))),)
        case LaunchCampaign():
            opened = (action.campaign, "not there", decimal_text(action.daily_micros))
            return (opened, *levers.rows(action))
    budgets = (
        (c.campaign, decimal_text(c.before_micros), decimal_text(c.after_micros))
        for c in budget_changes(action)
    )
    return (*budgets, *levers.rows(action))


def _draft(trigger: Trigger, setting: tuple[str, datetime, Rota], **fields: Any) -> EscalationDraft:
    client, now, rota = setting
    asked = rota.asked(trigger.owner, trigger.backup, now)
    return EscalationDraft(
        client=client,
        owner=trigger.owner,
        backup=trigger.backup,
        opened_at=now,
        due_at=rota.due(asked, now, trigger.sla_working_hours),
        safe_state=SAFE_STATES[trigger.safe_state],
        asked=asked,
        safe=trigger.safe_state,
        sla_hours=trigger.sla_working_hours,
        **fields,
    )


def _options(verdict: Escalated, policy: Policy, standing: Standing) -> tuple[Option, ...]:
    """Approve, reject, defer, each with what can be billed afterwards."""
    unit = policy.currency
    now_worst = exposure.client_month_worst_case(standing)
    after = Case(verdict.action, standing, policy.targets).after.month
    stays = f"Nothing changes; at most {spoken(now_worst, unit)} can be billed this month."
    runs = f"Exactly this diff runs; at most {spoken(after, unit)} can be billed this month"
    gain = _gain(verdict.action)
    noun = _gained_in(verdict.action)
    gained = f", for about {spoken(gain, unit)} of {noun} a day." if gain else "."
    lost = f" About {spoken(gain, unit)} of {noun} a day is forgone." if gain else ""
    return (
        Option(label="Approve once", consequence=runs + gained),
        Option(label="Reject", consequence=stays + lost),
        Option(
            label="Defer", consequence="It comes back on the day you name; until then: " + stays
        ),
    )


def _gain(action: Any) -> int | None:
    """What a day of waiting costs: the gain the action expects, if its evidence states one."""
    for fact in action.evidence:
        if fact.name == "Expected gain" and isinstance(fact.value, int | float):
            return round(fact.value * 100) * 10_000
    return None


def _gained_in(action: Any) -> str:
    """What the expected gain is of: contribution where every margin was known, else revenue."""
    units = [fact.unit for fact in action.evidence if fact.name == "Expected gain"]
    return "contribution" if any("contribution" in unit for unit in units) else "revenue"


def _thing(action: Any) -> str:
    for name in ("variant", "ad_group", "campaign"):
        value = getattr(action, name, None)
        if isinstance(value, str):
            return value
    return str(action.kind)


def _title(action: Any) -> str:
    names = " and ".join(channel_name(c) for c in channels_of(action))
    text = f"{action.kind.replace('_', ' ').capitalize()}: {names}"
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 3] + "..."


def _trigger_quote(trigger: Trigger) -> str:
    """The trigger's own doc and figures, as written in the policy."""
    said = " ".join((type(trigger).__doc__ or "").split("\n\n", maxsplit=1)[0].split())
    skip = {"owner", "backup", "sla_working_hours", "safe_state"}
    figures = trigger.model_dump(mode="json", exclude=skip)
    facts = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in figures.items())
    return f"{said} ({facts})" if facts else said
