"""What the client sells: each offer with its money, its place, its dates and its proof."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from policies.actions import Frozen
from policies.fields import Name, Written, readable
from policies.money import Amount
from policies.rule import Share

Stage = Literal["awareness", "consideration", "decision", "retention"]
State = Literal["in_force", "early", "expired", "unknown"]
"""Of an offer at an instant: it may be sold; its dates have not begun, or are over; nobody wrote it."""
_SCHEME = "https://"


def _web_address(text: str) -> str:
    host = readable(text).removeprefix(_SCHEME).split("/")[0]
    if not text.startswith(_SCHEME) or "." not in host or any(c.isspace() for c in text):
        raise ValueError('write a whole web address that begins with "https://"')
    return text


WebAddress = Annotated[str, Written("url"), Field(max_length=500), AfterValidator(_web_address)]
"""A page of the client's own site, over HTTPS."""


class Offer(Frozen):
    """One thing that is sold. Amounts are in whole units of the policy's currency.

    ``valid_from`` and ``valid_to`` are days of the client's own time zone, both included; without ``valid_to`` it
    holds until a person writes one. ``margin`` is the gross margin of a sale, 0 to 1.
    """

    name: Annotated[Name, Field(min_length=1, max_length=80)] = Field(title="Name")
    key: Annotated[Name, Field(min_length=1, max_length=60)] = Field(
        title="Key", description="What campaigns, concepts and briefs name it by."
    )
    price: Amount | None = Field(default=None, title="Price")
    deal_size: Amount | None = Field(
        default=None, title="Deal size", description="Where there is no price: what a deal brings."
    )
    margin: Share | None = Field(
        default=None,
        title="Gross margin",
        description="Of a sale. Without it the client's margin stands in, and without that revenue.",
    )
    stage: Stage = Field(title="Funnel stage")
    regions: tuple[Annotated[Name, Field(min_length=1, max_length=80)], ...] = Field(
        min_length=1, title="Regions"
    )
    valid_from: date = Field(title="Valid from")
    valid_to: date | None = Field(
        default=None, title="Valid to", description="The last day it may be sold."
    )
    proof: Annotated[Name, Field(min_length=1, max_length=500)] | None = Field(
        default=None, title="Proof", description="A text, a link, or the name of an evidence file."
    )
    landing_page: WebAddress = Field(title="Landing page")

    @model_validator(mode="after")
    def _sellable(self) -> Offer:
        if self.price is None and self.deal_size is None:
            raise ValueError(f'"{self.name}" has no price and no deal size; write one of them')
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(
                f'"{self.name}" ends on {self.valid_to:%d %b %Y}, before it begins on'
                f" {self.valid_from:%d %b %Y}; write a later end or an earlier beginning"
            )
        return self

    def state(self, day: date) -> State:
        """Whether it may be sold on a day of the client's own time zone."""
        if day < self.valid_from:
            return "early"
        return "expired" if self.valid_to is not None and day > self.valid_to else "in_force"


class Offers(Frozen):
    """What is sold, and until when. What sells an offer that is not in force is stopped."""

    title: ClassVar[str] = "Offers"

    listed: tuple[Offer, ...] = Field(
        title="Offers",
        description="Campaigns, concepts and briefs name one. A new one is in force from its first day.",
    )

    @model_validator(mode="after")
    def _once_each(self) -> Offers:
        keys = [offer.key for offer in self.listed]
        twins = sorted({key for key in keys if keys.count(key) > 1})
        if twins:
            raise ValueError(
                f"the offer {', '.join(twins)} is written twice; give each a key of its own"
            )
        return self

    def get(self, key: str | None) -> Offer | None:
        """The offer of that key; None when nobody wrote it."""
        return next((offer for offer in self.listed if offer.key == key), None)

    def name(self, key: str | None) -> str:
        """What people call it; the key where nobody wrote it, "" for none."""
        found = self.get(key)
        return found.name if found else key or ""

    def state(self, key: str | None, day: date) -> State:
        """Whether what sells it may run on that day of the client's own time zone."""
        found = self.get(key)
        return found.state(day) if found else "unknown"

    def out_of_date(self, keys: Iterable[str], day: date) -> bool:
        """True when there are keys, and each is of a written offer that is over or has not begun."""
        states = {self.state(key, day) for key in keys}
        return bool(states) and states <= {"expired", "early"}

    def told(self, key: str | None, day: date) -> str:
        """Why it may not be sold that day, as a sentence without its full stop; "" when it may."""
        found = self.get(key)
        if found is None:
            return f'The offer "{key}" is not written in the policy' if key else "It names no offer"
        match found.state(day):
            case "expired":
                return f'The offer "{found.name}" ended on {found.valid_to:%d %b %Y}'
            case "early":
                return f'The offer "{found.name}" begins on {found.valid_from:%d %b %Y}'
        return ""

    def margin(self, keys: Iterable[str]) -> int | None:
        """The gross margin of what sells these, in millionths: their mean; None when one is not known."""
        found = [offer.margin if (offer := self.get(key)) else None for key in keys]
        known = [margin for margin in found if margin is not None]
        return sum(known) // len(known) if known and len(known) == len(found) else None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def client_day(now: datetime, zone: str) -> date:
    """The calendar day at ``now`` (aware) in a time zone: what an offer's dates are compared with."""
    return now.astimezone(_zone(zone)).date()
