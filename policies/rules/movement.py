"""How much may be added in a rolling window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS
from policies.rule import MONEY_KINDS, Channel, Rule, Share, channel_name, percent, percent_over
from policies.standing import Movement
from policies.verdict import Family, Reason


class MovementBound(Rule):
    """Increases of the window, this action's included, over the client's total daily budget.

    Cuts refund nothing.
    """

    name: ClassVar[str] = "movement"
    title: ClassVar[str] = "Movement in a window"
    kinds: ClassVar[frozenset[str] | None] = MONEY_KINDS
    family: ClassVar[Family] = "money"

    window_days: Annotated[int, Field(ge=1, le=92)] = Field(
        title="Length of the window, days",
        description="Increases of so many days count together.",
        json_schema_extra=says("lower", proves=True),
    )
    max_share: Share = Field(
        title="Most added in the window",
        description="Of the client's total daily budget; cuts refund nothing.",
        json_schema_extra=says("higher", proves=True),
    )

    channels: dict[Channel, Share] = Field(
        default={},
        title="most added in the window",
        description="Of this channel's own daily budget, beside the bound over all channels.",
        json_schema_extra=says("higher", absent="looser", falls_back_to="max_share"),
    )

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates when the window's increases pass a bound, and any increase from nothing."""
        if not case.raised:
            return ()
        found: list[Reason] = []
        moves = self._earlier(case) if case.standing.movements else []
        adds = sum(case.raised.values()) + sum([m.delta_micros for m in moves])
        total = sum(case.before.daily.values())
        if adds * MICROS > self.max_share * total:
            found.append(self._over(adds, total, self.max_share, ""))
        for channel, share in self.channels.items():
            if channel in case.raised:
                mine = [m.delta_micros for m in moves if m.channel == channel]
                adds, total = case.raised[channel] + sum(mine), case.before.daily.get(channel, 0)
                if adds * MICROS > share * total:
                    found.append(self._over(adds, total, share, channel))
        return found

    def _earlier(self, case: Case) -> list[Movement]:
        """The increases of the window that were made before."""
        since = case.standing.now - timedelta(days=self.window_days)
        return [m for m in case.standing.movements if m.delta_micros > 0 and m.at >= since]

    def _over(self, moved: int, total: int, share: int, channel: str) -> Reason:
        figure = percent_over(moved, total, share) if total else "all of it"
        where = {"channel": channel} if channel else {}
        return self.reason(
            "escalate",
            f"At most {percent(share)} of {_budget(channel)} may be added within"
            f" {self.window_days} days; with this it would be {figure}.",
            bound=percent(share),
            figure=figure,
            window_days=str(self.window_days),
            **where,
        )

    def describe(self) -> str:
        """The shares and the window."""
        own = [f"of {channel_name(c)} at most {percent(v)}" for c, v in self.channels.items()]
        said = (
            f"Within {self.window_days} days, at most {percent(self.max_share)} of the total"
            " daily budget is added"
        )
        return f"{said}; {', '.join(own)}." if own else f"{said}."


def _budget(channel: str) -> str:
    return f"{channel_name(channel)}'s daily budget" if channel else "the total daily budget"
