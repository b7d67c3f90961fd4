"""How the delivery of an ad group may be shared between its variants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from policies.actions import Frozen, SetVariantShares
from policies.case import Case
from policies.fields import says
from policies.money import MICROS
from policies.rule import Channel, Rule, Share, channel_name, percent
from policies.verdict import Family, Reason


class VariantBound(Frozen):
    """What one channel's variants may take where it differs from the general shares."""

    min_share: Share | None = Field(
        default=None,
        title="least for one variant",
        description="For this channel instead of the rule's general value.",
        json_schema_extra=says("lower", falls_back_to="min_share"),
    )
    max_share: Share | None = Field(
        default=None,
        title="most for one variant",
        description="For this channel instead of the rule's general value.",
        json_schema_extra=says("higher", falls_back_to="max_share"),
    )


class VariantShare(Rule):
    """Every variant keeps enough delivery to be judged, and none takes it all."""

    name: ClassVar[str] = "variant_share"
    title: ClassVar[str] = "Share per variant"
    kinds: ClassVar[frozenset[str] | None] = frozenset({"set_variant_shares"})
    family: ClassVar[Family] = "authority"

    min_share: Share = Field(
        title="Least for one variant",
        description="Of its ad group's delivery.",
        json_schema_extra=says("lower"),
    )
    max_share: Share = Field(
        title="Most for one variant",
        description="Of its ad group's delivery.",
        json_schema_extra=says("higher"),
    )
    max_variants: Annotated[int, Field(ge=2, le=50)] = Field(
        title="Most variants sharing",
        description="Of one ad group, at the same time.",
        json_schema_extra=says("higher"),
    )
    channels: dict[Channel, VariantBound] = Field(
        default={},
        title="Channel",
        description="Where a channel differs.",
    )

    @model_validator(mode="after")
    def _can_be_met(self) -> VariantShare:
        for channel in (None, *self.channels):
            low, high = self.bounds(channel)
            where = f"channels.{channel}: " if channel else ""
            if low > high:
                raise ValueError(
                    f"{where}min_share {percent(low)} is above max_share {percent(high)}; write a least"
                    " share no larger than the most"
                )
            if low * self.max_variants > MICROS:
                raise ValueError(
                    f"{where}{self.max_variants} variants at {percent(low)} each come to"
                    f" {percent(low * self.max_variants)}, more than 100%; lower min_share or max_variants"
                )
            if high * 2 < MICROS:
                raise ValueError(
                    f"{where}two variants at {percent(high)} each can never fill 100%; raise max_share to"
                    " 50% or more"
                )
        return self

    def bounds(self, channel: str | None) -> tuple[int, int]:
        """The least and the most on a channel: its own, or else the general ones."""
        own = self.channels.get(channel)  # type: ignore[call-overload]  # any str may be asked
        low = own.min_share if own and own.min_share is not None else self.min_share
        high = own.max_share if own and own.max_share is not None else self.max_share
        return low, high

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates a share outside the bounds, and too many variants."""
        action = case.action
        if not isinstance(action, SetVariantShares):
            return
        low, high = self.bounds(action.channel)
        if len(action.shares) > self.max_variants:
            yield self.reason(
                "escalate",
                f"At most {self.max_variants} variants share an ad group; this names"
                f" {len(action.shares)}.",
                bound=str(self.max_variants),
                figure=str(len(action.shares)),
            )
        for share in action.shares:
            if not low <= share.after <= high:
                word, bound = ("least", low) if share.after < low else ("most", high)
                yield self.reason(
                    "escalate",
                    f"One variant takes at {word} {percent(bound)} of its ad group; variant {share.key}"
                    f" would take {percent(share.after)}.",
                    variant=share.key,
                    bound=percent(bound),
                    figure=percent(share.after),
                )

    def describe(self) -> str:
        """The shares, and the channels that differ."""
        own = []
        for channel in self.channels:
            low, high = self.bounds(channel)
            own.append(f"; on {channel_name(channel)} {percent(low)} to {percent(high)}")
        return (
            f"Each of at most {self.max_variants} variants takes {percent(self.min_share)} to"
            f" {percent(self.max_share)} of its ad group's delivery{''.join(own)}."
        )
