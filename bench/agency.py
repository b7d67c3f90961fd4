"""The agency that ``ingest`` and ``dashboard`` load: a year of ad-days of one large client and four small ones.

Everything follows from the seed. A pull tells the ads of one account, ad by ad, and then its campaigns, whose
figures are the sums of their ads'. Conversions are quarters, so that sums are exact in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa

from engine.model.outcomes import FACTS, Pull

SEED = 11
NOW = datetime(2026, 11, 9, 9, 40, tzinfo=UTC)
LAST_DAY = date(2026, 11, 9)
DAYS, WINDOW, AGAIN = 360, 120, 7
ADS_A_CAMPAIGN = 50
SOURCE, CURRENCY = "google_ads", "GBP"
BIG = "meridian"
SHARES = {BIG: (0.16, 0.16, 0.16, 0.16), "alder": (0.09,), "birch": (0.09,), "cedar": (0.09,)} | {
    "dogwood": (0.09,)
}
CHANNELS = ("google_search", "youtube")
_MOST = {"impressions": 20_000, "clicks": 400, "cost_micros": 90_000_000, "value_micros": 10**9}


@dataclass(frozen=True)
class Held:
    """One account of a client and how many ads run in it, each every day."""

    client: str
    account: str
    ads: int

    @property
    def campaigns(self) -> list[str]:
        """The keys of its campaigns, the first ads in the first."""
        many = -(-self.ads // ADS_A_CAMPAIGN)
        return [f"{self.client}-{self.account[-2:]}-{n:04d}" for n in range(many)]

    def channels(self) -> list[str]:
        """The channel of each campaign."""
        return [CHANNELS[n % len(CHANNELS)] for n in range(len(self.campaigns))]


def accounts(rows: int) -> list[Held]:
    """Every account, the ads so many that there are at least ``rows`` ad-days in all."""
    found: list[Held] = []
    for client, shares in SHARES.items():
        for share in shares:
            ads = math.ceil(rows * share / DAYS)
            found.append(Held(client, f"10000000{len(found) + 10}", ads))
    return found


def pulls(held: Held) -> Iterator[Pull]:
    """What the account's platform says at first: the year, window by window."""
    first = LAST_DAY - timedelta(days=DAYS - 1)
    for number in range(DAYS // WINDOW):
        begin = first + timedelta(days=WINDOW * number)
        yield pull(held, begin, begin + timedelta(days=WINDOW - 1))


def restated(held: Held) -> Iterator[Pull]:
    """The last days of every window again, with other figures and one ad fewer: platforms restate."""
    fewer = Held(held.client, held.account, max(1, held.ads - 1))
    for said in last_days():
        yield pull(fewer, said - timedelta(days=AGAIN - 1), said, told=1)


def last_days() -> list[date]:
    """The last day of every window."""
    return [LAST_DAY - timedelta(days=WINDOW * n) for n in reversed(range(DAYS // WINDOW))]


def pull(held: Held, first: date, last: date, told: int = 0) -> Pull:
    """All ads and campaigns of an account for a window, as told the first time or later."""
    days = (last - first).days + 1
    chance = np.random.default_rng([SEED, int(held.account), first.toordinal(), told])
    shape = (held.ads, days)
    figures: dict[str, np.ndarray] = {
        name: chance.integers(0, most, shape) for name, most in _MOST.items()
    }
    figures["conversions"] = chance.integers(0, 20, shape) / 4
    starts = np.arange(0, held.ads, ADS_A_CAMPAIGN)
    summed = {name: np.add.reduceat(of, starts, axis=0) for name, of in figures.items()}
    names = [f"{held.account}-ad-{n:06d}" for n in range(held.ads)]
    whose = np.arange(held.ads) // ADS_A_CAMPAIGN
    ads = _table(held, "ad", whose, names, first, figures)
    whole = np.arange(len(starts))
    campaigns = _table(held, "campaign", whole, [""] * len(starts), first, summed)
    both = pa.concat_tables([ads, campaigns]).combine_chunks()
    return Pull(SOURCE, both, first, last, NOW)


def _table(
    held: Held,
    level: str,
    whose: np.ndarray,
    ads: list[str],
    first: date,
    figures: dict[str, np.ndarray],
) -> pa.Table:
    """Rows of one level: each ad (or campaign) for every day. ``whose`` is the number of its campaign."""
    many, days = figures["clicks"].shape
    begin = (first - date(1970, 1, 1)).days
    campaign = pa.array(np.repeat(whose, days))
    columns = {
        "day": pa.array(np.tile(np.arange(begin, begin + days, dtype="int32"), many), pa.date32()),
        "level": pa.array([level]).take(pa.array(np.zeros(many * days, dtype="int64"))),
        "channel": pa.array(held.channels()).take(campaign),
        "campaign": pa.array(held.campaigns).take(campaign),
        "ad": pa.array(ads).take(pa.array(np.repeat(np.arange(many), days))),
        **{name: pa.array(of.ravel()) for name, of in figures.items()},
    }
    return pa.table(columns).select(FACTS.names).cast(FACTS)
