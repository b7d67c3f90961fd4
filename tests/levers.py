"""Builders and Hypothesis strategies for acts on the levers beside budgets and ads."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from policies.actions import SetAudiences, SetBidTarget, SetSchedule, SetVariantShares
from policies.levers import (
    AudienceChange,
    HourChange,
    Lookalike,
    SegmentShare,
    ShareChange,
    SwitchChange,
    Targeting,
)

UNIT = 1_000_000
CLIENT = "b2b_services"
WHO = {"client": CLIENT, "currency": "GBP", "agent": "channel_mix", "reason": "because"}
PLACE = {"campaign": "s1", "account": "acc", "channel": "google_search"}


def audiences(*changes: AudienceChange, **more: Any) -> SetAudiences:
    """Whom s1 reaches, changed."""
    return SetAudiences(**{**WHO, **PLACE, "changes": changes, **more})


def reach(segment: str, role: str = "included", *, added: bool = True, **more: Any) -> Any:
    """One audience taken in or out."""
    return AudienceChange(audience=segment, role=role, added=added, **more)


def shares(*rows: tuple[str, int, int]) -> tuple[ShareChange, ...]:
    """Shares of delivery in percent: key, before, after."""
    return tuple(ShareChange(key=k, before=b * 10_000, after=a * 10_000) for k, b, a in rows)


def bid(before: int | None, after: int, strategy: str = "target_cpa", **more: Any) -> SetBidTarget:
    """A bid target of s1 in whole units (a return on ad spend as a multiple)."""
    old = None if before is None else before * UNIT
    fields = {"strategy": strategy, "before": old, "after": after * UNIT}
    return SetBidTarget(**{**WHO, **PLACE, **fields, **more})


def schedule(*days: str, first: int = 0, until: int = 6, before: int = 100, after: int = 0) -> Any:
    """Hours of s1, in percent of the usual bid."""
    block = HourChange(
        weekdays=days or ("mon",),
        first_hour=first,
        until_hour=until,
        before=before * 10_000,
        after=after * 10_000,
    )
    return SetSchedule(**WHO, **PLACE, changes=(block,))


def split(*rows: tuple[str, int, int]) -> SetVariantShares:
    """How g1 of s1 is shared between its ads, in percent."""
    return SetVariantShares(**WHO, **PLACE, ad_group="g1", shares=shares(*rows))


SEGMENTS = ("Website visitors", "Owners of small companies", "Current clients", "Strangers")
"""Two that the B2B preset allows, one it excludes, one it has never heard of."""
percents = st.integers(0, 100)


@st.composite
def targetings(draw: st.DrawFn) -> Targeting:
    """Whom a campaign reaches, mostly nobody named."""
    if draw(st.booleans()):
        return Targeting()
    included = tuple(draw(st.lists(st.sampled_from(SEGMENTS), unique=True, max_size=3)))
    known = included[:1] if draw(st.booleans()) else ()
    return Targeting(
        included=included,
        lookalikes=(Lookalike(audience="Closed-won clients", percent=2),) * draw(st.booleans()),
        shares=tuple(SegmentShare(audience=a, share=draw(percents) * 10_000) for a in known),
    )


@st.composite
def lever_acts(draw: st.DrawFn) -> Any:
    """An act on one of the levers beside budgets and ads."""
    kind = draw(st.sampled_from(["audiences", "bid", "schedule", "split"]))
    if kind == "bid":
        return bid(draw(st.none() | percents), draw(st.integers(1, 200)))
    if kind == "schedule":
        days = draw(st.lists(st.sampled_from(["mon", "sat"]), unique=True, min_size=1))
        first, until = sorted(draw(st.sets(st.integers(0, 23), min_size=2, max_size=2)))
        bids = {"before": draw(st.sampled_from([0, 100])), "after": draw(st.integers(0, 200))}
        return schedule(*days, first=first, until=until, **bids)
    one = draw(percents)
    if kind == "split":
        return split(("v1", 50, one), ("v2", 50, 100 - one))
    change = reach(
        draw(st.sampled_from(SEGMENTS)),
        draw(st.sampled_from(["included", "excluded"])),
        added=draw(st.booleans()),
    )
    alike = reach("Closed-won clients", "lookalike", percent=draw(st.integers(1, 20)))
    some = draw(st.lists(st.sampled_from([change, alike]), unique=True, max_size=2))
    switch = SwitchChange(switch="optimised_targeting", on=draw(st.booleans()))
    part = shares((draw(st.sampled_from(SEGMENTS)), draw(percents), one))
    return audiences(*some, shares=part, switches=(switch,) * draw(st.booleans()))
