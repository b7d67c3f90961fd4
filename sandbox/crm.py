"""The CRM's daily export, as HubSpot shapes it. No personal data: names are made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.market.leads import LOST, STAGES, WON, Lead
from sandbox.market.noise import share
from sandbox.state import Account

HEADER = (
    "Record ID",
    "Deal Name",
    "Deal Stage",
    "Amount",
    "Currency",
    "Close Date",
    "Deal owner",
    "Pipeline",
    "Create Date",
    "Last Modified Date",
    "Original Traffic Source",
    "Original Traffic Source Drill-Down 1",
    "Original Traffic Source Drill-Down 2",
    "Google click id (gclid)",
    "UTM Campaign",
)
_WINDOW = timedelta(days=14)
_AT = time(5)
_WORDS = ("audit", "review", "retainer", "setup", "workshop", "migration", "plan", "pilot")
_SHOP = ("basket", "gift", "restock", "bundle", "sample", "refill")


def export_times(account: Account, until: datetime) -> list[datetime]:
    """Instants after the last export, up to `until`, at which an export is due: 05:00 local."""
    zone = ZoneInfo(account.spec.time_zone)
    day = account.exported_until.astimezone(zone).date()
    due: list[datetime] = []
    while True:
        at = datetime.combine(day, _AT, zone).astimezone(account.exported_until.tzinfo)
        if at > until:
            return due
        if at > account.exported_until:
            due.append(at)
        day += timedelta(days=1)


def export(account: Account, at: datetime, folder: Path, *, first: bool) -> Path:
    """Write the file due at `at`: deals modified in the last 14 days, or all in the first file."""
    day = at.astimezone(ZoneInfo(account.spec.time_zone)).date()
    place = folder / "exports" / account.customer_id
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"deals-{day.isoformat()}.csv"
    waiting = path.with_suffix(".csv.new")
    waiting.write_text(_text(account, at, first=first), encoding="utf-8")
    waiting.replace(path)
    return path


def _text(account: Account, at: datetime, *, first: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    zone = ZoneInfo(account.spec.time_zone)
    since = at - _WINDOW
    campaigns = {each.id: each for each in account.of("campaigns")}
    names = {number: each.name for number, each in campaigns.items()}
    search = {n for n, each in campaigns.items() if each.advertising_channel_type == _SEARCH}
    for lead in account.leads:
        if lead.closed <= since and not first:
            continue
        if lead.created <= at and (first or lead.modified_at(at) > since):
            writer.writerow(
                _row(account, lead, at, zone, names, paid_search=lead.campaign_id in search)
            )
    return out.getvalue()


_SEARCH = 2  # AdvertisingChannelType.SEARCH


def _row(
    account: Account,
    lead: Lead,
    at: datetime,
    zone: ZoneInfo,
    names: Mapping[int, str],
    *,
    paid_search: bool,
) -> list[str]:
    stage = lead.stage_at(at)
    campaign = names.get(lead.campaign_id, "")
    source, first, second, utm = _source(lead, campaign, paid_search=paid_search)
    crm = account.spec.crm
    known = stage not in {STAGES[0]}
    closed = stage in {WON, LOST}
    words = _SHOP if crm.repeat == "orders" else _WORDS
    word = words[int(share("word", account.customer_id, lead.number) * len(words))]
    return [
        str(10_000 + lead.number),
        f"Deal {10_000 + lead.number} · {word}",
        stage,
        f"{lead.amount_micros / 1_000_000:.2f}" if known else "",
        account.spec.currency if known else "",
        _stamp(lead.closed, zone) if closed else "",
        crm.owners[lead.owner % len(crm.owners)],
        crm.pipeline,
        _stamp(lead.created, zone),
        _stamp(lead.modified_at(at), zone),
        source,
        first,
        second,
        lead.gclid,
        utm,
    ]


def _source(lead: Lead, campaign: str, *, paid_search: bool) -> tuple[str, str, str, str]:
    if not lead.campaign_id:
        return "Organic Search", "Unknown keywords (SSL)", "", ""
    if lead.direct:
        return "Direct Traffic", "", "", ""
    source = "Paid Search" if paid_search else "Paid Social"
    return source, campaign, "google", campaign if lead.gclid else ""


def _stamp(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(" ", "minutes")[:16]


def export_day(path: Path) -> date:
    """The account day a file name stands for."""
    return date.fromisoformat(path.stem.removeprefix("deals-"))
