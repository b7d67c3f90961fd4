"""How much one audience segment may take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import Field, model_validator

from policies.actions import Frozen, LaunchCampaign, SetAudiences, SetBudgets, ShiftBudget
from policies.case import Case
from policies.fields import says
from policies.levers import Targeting, reaching
from policies.money import MICROS
from policies.reach import Segment
from policies.rule import Rule, Share, channel_name, percent, percent_over
from policies.verdict import Family, Reason

Sums = Mapping[str, int]
"""By segment: millionths of delivery, or micros of daily budget x millionths."""


_BUDGETS = (SetBudgets, ShiftBudget)
"""Acts that name no segment themselves."""


class SegmentBound(Frozen):
    """One segment's own bound."""

    segment: Segment = Field(title="segment")
    max_share: Share = Field(title="at most", json_schema_extra=says("higher"))


class AudienceShare(Rule):
    """Of a campaign's delivery, and of what is set a day on a channel.

    Only a segment whose share an action raises is judged; stops are exempt. A share nobody has measured counts as
    all that the known ones leave.
    """

    name: ClassVar[str] = "audience_share"
    title: ClassVar[str] = "Share per audience segment"
    family: ClassVar[Family] = "audience"

    max_share: Share = Field(
        title="Most for one segment",
        description="Of a campaign's delivery and of a channel's daily budget.",
        json_schema_extra=says("higher"),
    )
    segments: tuple[SegmentBound, ...] = Field(
        title="Segments with a bound of their own",
        description="The segment, and the most it may take instead of the general share.",
        json_schema_extra=says("fewer", falls_back_to="max_share"),
    )

    @model_validator(mode="after")
    def _once(self) -> AudienceShare:
        names = [s.segment for s in self.segments]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} has two bounds; write one")
        return self

    def bound(self, segment: str) -> int:
        """The most a segment may take: its own, or else the general one."""
        own = {s.segment: s.max_share for s in self.segments}
        return own.get(segment, self.max_share)

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates a segment whose share is raised past its bound."""
        if case.is_stop:
            return ()
        found: list[Reason] = []
        steers = isinstance(case.action, SetAudiences)
        if steers:
            found += self._in_campaign(case, case.action)
        for channel in case.channels if case.changes or steers else ():
            # What names no segment before and after gives none a share.
            if channel in case.known.segmented or not isinstance(case.action, _BUDGETS):
                found += self._on_channel(case, channel)
        return found

    def _in_campaign(self, case: Case, action: SetAudiences) -> Iterator[Reason]:
        before = case.known.campaigns[action.campaign].targeting
        old = before.delivery() | {s.key: s.before for s in action.shares}
        new = _delivery_after(before, action)
        for segment, share in new.items():
            if share > old.get(segment, 0) and share > self.bound(segment):
                yield self._over(segment, share, MICROS, "this campaign's delivery")

    def _on_channel(self, case: Case, channel: str) -> Iterator[Reason]:
        old, new = _by_segment(case, channel, after=False), _by_segment(case, channel, after=True)
        was = case.before.daily.get(channel, 0)
        now = case.after.daily.get(channel, 0)
        for segment, amount in new.items():
            raised = amount * (was or 1) > old.get(segment, 0) * now
            if raised and now and amount > self.bound(segment) * now:
                name = f"{channel_name(channel)}'s daily budget"
                yield self._over(segment, amount, now * MICROS, name)

    def _over(self, segment: str, part: int, whole: int, of: str) -> Reason:
        bound = self.bound(segment)
        figure = percent_over(part, whole, bound)
        return self.reason(
            "escalate",
            f"{segment} takes at most {percent(bound)} of {of}; this would make it {figure}.",
            segment=segment,
            bound=percent(bound),
            figure=figure,
        )

    def describe(self) -> str:
        """The general share and the exceptions."""
        own = [f"; {s.segment} at most {percent(s.max_share)}" for s in self.segments]
        return (
            f"One audience segment takes at most {percent(self.max_share)} of a campaign's delivery and of"
            f" a channel's daily budget{''.join(own)}."
        )


def _by_segment(case: Case, channel: str, *, after: bool) -> Sums:
    found: dict[str, int] = defaultdict(int)
    changed = {c.campaign: c for c in case.changes}
    for key, there in case.known.campaigns.items():
        if there.channel == channel:
            state = case.campaign_after(changed[key]) if after and key in changed else there
            if state.enabled:
                delivery = _delivery(case, key, there.targeting, after=after)
                _add(found, delivery, state.daily_micros)
    action = case.action
    if after and isinstance(action, LaunchCampaign) and action.channel == channel:
        _add(found, action.targeting.delivery(), action.daily_micros)
    return found


def _delivery(case: Case, key: str, there: Targeting, *, after: bool) -> Sums:
    action = case.action
    if after and isinstance(action, SetAudiences) and action.campaign == key:
        return _delivery_after(there, action)
    return there.delivery()


def _delivery_after(before: Targeting, action: SetAudiences) -> dict[str, int]:
    """A segment that comes in without a share may take all that the action itself does not give away."""
    told = {s.key: s.after for s in action.shares}
    left = MICROS - sum(told.values())
    new = [c.audience for c in action.changes if c.added and c.role != "excluded"]
    return reaching(before, action).delivery() | dict.fromkeys(new, left) | told


def _add(found: dict[str, int], delivery: Sums, daily: int) -> None:
    for segment, share in delivery.items():
        found[segment] += daily * share
