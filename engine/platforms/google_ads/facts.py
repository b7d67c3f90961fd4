"""Reading performance by account-day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from engine.model.accounts import Account
from engine.model.outcomes import FACTS, Pull
from engine.model.time import account_day
from engine.platforms.google_ads import queries
from engine.platforms.google_ads.mapping import channel_of, enum_name, key_of, variant_of
from engine.platforms.google_ads.session import Session

_Key = tuple[date, str, str, str, str]
_MICROS = 1_000_000


def facts(
    session: Session, client: str, account: Account, days: tuple[date, date], now: datetime
) -> Pull:
    """Two queries. A day or thing without an impression has no row, as Google sends none."""
    first, last = days[0], min(days[1], account_day(now, account.time_zone))
    sums: dict[_Key, list[float]] = {}
    if first <= last:
        customer = account.account
        campaign_days = session.rows(customer, queries.campaign_days(first, last))
        ad_days = session.rows(customer, queries.ad_days(first, last))
        _add(sums, ((_campaign_key(row, client), row.metrics) for row in campaign_days))
        _add(sums, ((key, row.metrics) for row in ad_days if (key := _ad_key(row, client))))
    return Pull(source="google_ads", table=_table(sums), first=first, last=last, as_of=now)


def _campaign_key(row: Any, client: str) -> _Key:
    campaign = row.campaign
    channel = channel_of(enum_name(campaign, "advertising_channel_type"))
    name = key_of(campaign.name, client) or str(campaign.id)
    return date.fromisoformat(row.segments.date), "campaign", channel, name, ""


def _ad_key(row: Any, client: str) -> _Key | None:
    variant = variant_of(row.ad_group_ad.ad)
    if variant is None or key_of(row.campaign.name, client) is None:
        return None
    day, _, channel, campaign, _ = _campaign_key(row, client)
    return day, "ad", channel, campaign, variant


def _add(sums: dict[_Key, list[float]], rows: Iterable[tuple[_Key, Any]]) -> None:
    # a campaign made again after a removal, or one text in two ad groups, shares a key: one row
    for key, seen in rows:
        row = sums.setdefault(key, [0, 0, 0, 0.0, 0])
        row[0] += seen.impressions
        row[1] += seen.clicks
        row[2] += seen.cost_micros
        row[3] += seen.conversions
        row[4] += round(seen.conversions_value * _MICROS)


def _table(sums: dict[_Key, list[float]]) -> pa.Table:
    rows = [(*key, *sums[key]) for key in sorted(sums)]
    columns = zip(*rows, strict=True) if rows else ((),) * len(FACTS)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, FACTS, strict=True)],
        schema=FACTS,
    )
