"""A channel's share of the month's projected spend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS
from policies.rule import MONEY_KINDS, Channel, Rule, Share, channel_name, percent, percent_over
from policies.verdict import Family, Reason


class ShareCap(Rule):
    """Shares are of the month's projection: billed so far plus remaining days at the new budgets.

    Only channels whose share the action raises are judged, touched or not. Stops are exempt: they
    raise the shares of others only by spending less.
    """

    name: ClassVar[str] = "share_cap"
    title: ClassVar[str] = "Share of the month per channel"
    kinds: ClassVar[frozenset[str] | None] = MONEY_KINDS
    family: ClassVar[Family] = "money"

    max_shares: dict[Channel, Share] = Field(
        title="share of the month",
        description="Of the month's projected spend. A channel without a cap may not be raised unasked.",
        json_schema_extra=says("higher", absent="tighter", proves=True),
    )

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates where a raised share passes its cap or has none."""
        if not case.changes or case.is_stop:
            return ()
        found: list[Reason] = []
        old, new = case.before.projected, case.after.projected
        old_total, new_total = sum(old.values()), sum(new.values())
        for channel, amount in new.items():
            if amount * (old_total or 1) <= old.get(channel, 0) * new_total:
                continue
            cap = self.max_shares.get(channel)  # type: ignore[call-overload]  # any str may be asked
            if cap is None or amount * MICROS > cap * new_total:
                found.append(self._over(channel, cap, percent_over(amount, new_total, cap or 0)))
        return found

    def _over(self, channel: str, cap: int | None, figure: str) -> Reason:
        name = channel_name(channel)
        if cap is None:
            return self.reason(
                "escalate",
                f"{name} has no written share cap, so the platform may not raise its share"
                f" (to {figure}).",
                channel=channel,
                figure=figure,
            )
        return self.reason(
            "escalate",
            f"{name} takes at most {percent(cap)} of the month's projected spend; this would"
            f" make it {figure}.",
            channel=channel,
            bound=percent(cap),
            figure=figure,
        )

    def describe(self) -> str:
        """One clause per channel."""
        parts = [
            f"{channel_name(name)} takes at most {percent(cap)}"
            for name, cap in self.max_shares.items()
        ]
        return (
            f"{', '.join(parts)} of the month's projected spend."
            if parts
            else "No channel has a written share cap."
        )
