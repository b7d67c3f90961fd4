"""What the published policy and the approved plan ask for, as the client's page needs it. Pure."""

from __future__ import annotations

from pydantic import ValidationError

from engine.model.plans import Plan
from engine.reporting.client.material import Targets
from engine.store.plans import StoredPlan
from engine.store.policies import StoredPolicy
from policies.money import MICROS
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy

NOTHING = Targets(
    cac_micros=None,
    cost_per_action_micros=None,
    roas_floor=None,
    payback_months=None,
    contribution_floor_micros=None,
    margin=None,
    month_cap_micros=None,
    day_cap_micros=None,
    channel_day_caps={},
    share_caps={},
    version=None,
)


def targets(stored: StoredPolicy | None) -> Targets:
    """The figures of the policy in force; nothing where there is none or it can no longer be read."""
    if stored is None:
        return NOTHING
    try:
        policy = read_policy(stored.body_json, suffix=".json")
    except BadPolicy:
        return NOTHING
    return of_policy(policy, stored.version)


def of_policy(policy: Policy, version: int) -> Targets:
    """The figures of one policy. Shares are 0 to 1, money micros of the policy's currency."""
    bounds, asked = policy.guardrails, policy.targets
    day_caps: dict[str, int] = {
        c: bound.max_daily for c, bound in bounds.channel_daily.channels.items()
    }
    return Targets(
        cac_micros=asked.cac,
        cost_per_action_micros=asked.cost_per_action,
        roas_floor=None if asked.roas_floor is None else asked.roas_floor / MICROS,
        payback_months=asked.payback_months,
        contribution_floor_micros=asked.contribution_floor,
        margin=None if asked.margin is None else asked.margin / MICROS,
        month_cap_micros=asked.month_budget * bounds.month_cap.max_share // MICROS,
        day_cap_micros=None,
        channel_day_caps=day_caps,
        share_caps={c: cap / MICROS for c, cap in bounds.share_cap.max_shares.items()},
        version=version,
    )


def plan_month_micros(stored: StoredPlan | None) -> int | None:
    """What the approved plan means to spend this month; None without one."""
    if stored is None:
        return None
    try:
        return Plan.model_validate_json(stored.body_json).budget_micros
    except ValidationError:
        return None
