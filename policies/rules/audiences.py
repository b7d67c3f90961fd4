"""Whom the client's ads may reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from policies.actions import Frozen, LaunchCampaign, SetAudiences, SetCampaignStatus
from policies.case import Case
from policies.fields import says
from policies.levers import AUDIENCE_SWITCHES, Targeting
from policies.reach import Expansion, Segment, widened
from policies.rule import Rule
from policies.verdict import Family, Reason


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.strip().removesuffix("%").strip().isdecimal():
        return int(value.strip().removesuffix("%"))
    raise ValueError('write a whole percentage as text, such as "3"')


Percent = Annotated[
    int,
    BeforeValidator(_whole),
    Field(ge=1, le=20),
    PlainSerializer(str, return_type=str, when_used="json"),
]


class LookalikeBound(Frozen):
    """One segment whose lookalikes are allowed, and how large they may be."""

    segment: Segment = Field(title="like")
    max_percent: Percent = Field(title="at most percent", json_schema_extra=says("higher"))


class Audiences(Rule):
    """Outside the lists a person is asked and nothing is ever widened.

    A segment that must be excluded is never targeted.
    """

    name: ClassVar[str] = "audiences"
    title: ClassVar[str] = "Audiences"
    kinds: ClassVar[frozenset[str] | None] = frozenset(
        {"launch_campaign", "set_campaign_status", "set_audiences"}
    )
    family: ClassVar[Family] = "audience"

    included: tuple[Segment, ...] = Field(
        title="May be reached",
        description="One segment a line. Any other asks a person.",
        json_schema_extra=says("more"),
    )
    excluded: tuple[Segment, ...] = Field(
        title="Must be excluded",
        description="One segment a line. A launch without the exclusion asks; targeting one is blocked.",
        json_schema_extra=says("fewer"),
    )
    lookalikes: tuple[LookalikeBound, ...] = Field(
        title="Lookalikes allowed",
        description="The segment they are like, and the largest percentage of a country.",
        json_schema_extra=says("more"),
    )
    expansion: Expansion = Field(
        title="If the platform would reach other people by itself",
        description="Blocked for good, or asked for.",
        json_schema_extra=says("later"),
    )

    @model_validator(mode="after")
    def _agrees(self) -> Audiences:
        both = sorted(set(self.included) & set(self.excluded))
        alike = sorted({x.segment for x in self.lookalikes} & set(self.excluded))
        if both or alike:
            raise ValueError(
                f"{', '.join(both or alike)} is both"
                f" {'included' if both else 'a lookalike allowed'} and excluded; take it out of one list"
            )
        for what, names in (
            ("included", self.included),
            ("excluded", self.excluded),
            ("lookalikes", tuple(x.segment for x in self.lookalikes)),
        ):
            twice = sorted({n for n in names if names.count(n) > 1})
            if twice:
                raise ValueError(f"{', '.join(twice)} is written twice in {what}; write it once")
        return self

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates what lies outside the lists; blocks an excluded segment and, as is written, a switch."""
        action = case.action
        if isinstance(action, LaunchCampaign):
            yield from self._reached(action.targeting)
            for segment in self.excluded:
                if segment not in action.targeting.excluded:
                    yield self._asks(
                        segment, f"{segment} must be excluded; this launch does not say so."
                    )
        elif isinstance(action, SetCampaignStatus) and action.enabled:
            yield from self._reached(case.known.campaigns[action.campaign].targeting)
        elif isinstance(action, SetAudiences):
            yield from self._changed(action)

    def _reached(self, targeting: Targeting) -> Iterator[Reason]:
        for segment in targeting.included:
            yield from self._include(segment)
        for one in targeting.lookalikes:
            yield from self._alike(one.audience, one.percent)
        yield from self._wider(targeting.expansions)

    def _changed(self, action: SetAudiences) -> Iterator[Reason]:
        for c in action.changes:
            if not c.added:
                yield from self._removed(c.audience, c.role)
            elif c.role == "included":
                yield from self._include(c.audience)
            elif c.role == "lookalike":
                yield from self._alike(c.audience, c.percent or 0)
        for s in action.shares:
            if s.after > s.before and s.key in self.excluded:
                yield self._never(s.key)
        yield from self._wider(tuple(s.switch for s in action.switches if s.on))

    def _include(self, segment: str) -> Iterator[Reason]:
        if segment in self.excluded:
            yield self._never(segment)
        elif segment not in self.included:
            said = f"{segment} is on no list of audiences, so the platform may only propose it."
            yield self._asks(segment, said)

    def _alike(self, segment: str, percent: int) -> Iterator[Reason]:
        most = {x.segment: x.max_percent for x in self.lookalikes}.get(segment)
        if segment in self.excluded:
            yield self._never(segment)
        elif most is None:
            said = f"No lookalike of {segment} is allowed, so the platform may only propose it."
            yield self._asks(segment, said)
        elif percent > most:
            said = f"A lookalike of {segment} may be {most}% of a country at most; this would be {percent}%."
            yield self._asks(segment, said)

    def _removed(self, segment: str, role: str) -> Iterator[Reason]:
        if role == "excluded" and segment in self.excluded:
            yield self.reason("block", f"{segment} must stay excluded.", segment=segment)
        elif role == "excluded":
            said = f"Without its exclusion {segment} would be reached, so a person decides."
            yield self._asks(segment, said)
        else:
            said = (
                f"A campaign without {segment} may reach other people instead, so a person decides."
            )
            yield self._asks(segment, said)

    def _wider(self, switches: tuple[str, ...]) -> Iterator[Reason]:
        for switch in switches:
            if switch in AUDIENCE_SWITCHES:
                yield widened(self, self.expansion, switch)

    def _never(self, segment: str) -> Reason:
        return self.reason(
            "block", f"{segment} is excluded and is never targeted.", segment=segment
        )

    def _asks(self, segment: str, sentence: str) -> Reason:
        return self.reason("escalate", sentence, segment=segment)

    def describe(self) -> str:
        """The lists."""
        alike = ", ".join(f"{x.segment} up to {x.max_percent}%" for x in self.lookalikes)
        return (
            f"Reached: {', '.join(self.included) or 'no named audience'}; excluded:"
            f" {', '.join(self.excluded) or 'none'}; lookalikes: {alike or 'none'}."
        )
