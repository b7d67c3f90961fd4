"""What sells an offer that is not in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field

from policies.actions import LaunchCampaign, ShipVariant, copy_of
from policies.case import Case
from policies.fields import says
from policies.rule import COPY_KINDS, MONEY_KINDS, Rule
from policies.verdict import Reason


class OfferValid(Rule):
    """Judged on the client's own calendar day. Where no offer is written, nothing is said."""

    name: ClassVar[str] = "offer_valid"
    title: ClassVar[str] = "Offers in force"
    kinds: ClassVar[frozenset[str] | None] = MONEY_KINDS | COPY_KINDS

    expired: Literal["block"] = Field(
        title="An offer out of date",
        description="What sells it is not launched, shipped, resumed or raised; no other setting is offered.",
    )
    unnamed: Literal["block", "escalate"] = Field(
        title="A new thing that names no written offer",
        description="Of launches and new ads, where offers are written at all.",
        json_schema_extra=says("later"),
    )

    def judge(self, case: Case) -> Sequence[Reason]:
        """Blocks what would sell an offer that is over or has not begun; new things must name one."""
        if not case.offers.listed or case.is_stop:
            return ()
        if isinstance(case.action, LaunchCampaign | ShipVariant):
            return tuple(self._new(case))
        if not case.standing.selling:
            return ()
        raised = [c.campaign for c in case.changes if c.after_micros > c.before_micros]
        return tuple(reason for campaign in raised for reason in self._raised(case, campaign))

    def _new(self, case: Case) -> Iterator[Reason]:
        named = [getattr(case.action, "offer", None), *(ad.offer for ad in copy_of(case.action))]
        if isinstance(case.action, ShipVariant):
            named = named[1:]
        for key in dict.fromkeys(named):
            state = case.offers.state(key, case.day)
            if state == "in_force":
                continue
            said = case.offers.told(key, case.day)
            outcome = self.unnamed if state == "unknown" else self.expired
            yield self.reason(outcome, f"{said}, so nothing new may sell it.", offer=key or "")

    def _raised(self, case: Case, campaign: str) -> Iterator[Reason]:
        """What runs already and names no written offer is left as it is; one offer in force is enough."""
        keys = case.standing.sold_by(campaign)
        states = {case.offers.state(key, case.day) for key in keys}
        if not keys or states & {"in_force", "unknown"}:
            return
        said = ". ".join(case.offers.told(key, case.day) for key in keys)
        yield self.reason(
            self.expired,
            f"{said}, and {campaign} sells nothing else; it gets no more money.",
            offer=", ".join(keys),
            campaign=campaign,
        )

    def describe(self) -> str:
        """What is stopped."""
        new = "is blocked" if self.unnamed == "block" else "asks a person"
        return (
            "Nothing sells an offer before its first or after its last day."
            f" A new campaign or ad that names no written offer {new}."
        )
