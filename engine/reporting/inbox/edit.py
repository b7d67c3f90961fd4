"""What the gate would say of a proposal with other amounts, before anybody sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.model.edited import edited
from engine.model.errors import BadInput, GiveUp
from engine.model.people import Scope
from engine.reporting.words import money
from engine.store import Store, asking, codec
from engine.store.passes import policy_in_force
from engine.store.reads import inbox
from policies.case import Case
from policies.gate import judge
from policies.verdict import Blocked, Escalated


@dataclass(frozen=True)
class Preview:
    """``tone``: it may be sent (green; orange where a bound is met) or not (red; gray: nothing to send)."""

    tone: Literal["green", "orange", "red", "gray"]
    sentence: str

    @property
    def may_send(self) -> bool:
        """True when the amounts make an action the gate does not block."""
        return self.tone in {"green", "orange"}


def preview(
    store: Store, scope: Scope, client: str, ref: str, amounts: Mapping[str, int]
) -> Preview:
    """The gate's verdict on the standing the last pass saw; amounts in micros a day by campaign."""
    scope.check(client)
    with store.read() as conn:
        row = inbox.question(conn, client, ref)
        there, policy = asking.standing(conn, client), policy_in_force(conn, client)
    if row is None or not row["action_json"]:
        return Preview("gray", "There is nothing to change here.")
    if there is None or policy is None:
        return Preview("gray", "No pass has looked at the account yet; wait for the next one.")
    try:
        action = edited(codec.action(row["action_json"]), amounts)
    except (BadInput, GiveUp) as no:
        return Preview("gray", str(no))
    verdict = judge(action, policy, there)
    if isinstance(verdict, Blocked):
        return Preview("red", f"The gate blocks it. {verdict.sentence}")
    worst = money(Case(action, there, policy.targets).after.month, row["currency"])
    billed = f"At most {worst} can be billed this month."
    if isinstance(verdict, Escalated):
        return Preview("orange", f"Your yes is needed: {verdict.sentence} {billed}")
    return Preview("green", f"Within every bound. {billed}")
