"""How figures, days and ages are written (en-GB). Pure.

Money comes in as micros of a named currency. A missing value is an en dash, never 0.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from policies.money import MICROS

MISSING = "–"
MINUS = "−"
_SYMBOL = {"GBP": "£", "EUR": "€", "USD": "$"}
CHANNELS = {
    "google_search": "Google Search",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "meta": "Meta",
    "microsoft_search": "Microsoft Search",
    "other": "Other",
}
_SOURCES = {
    "google_ads": "Google Ads",
    "meta_ads": "Meta Ads",
    "linkedin_ads": "LinkedIn Ads",
    "ga4": "Google Analytics",
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    "crm": "CRM",
    "files": "Files",
}


def symbol(currency: str) -> str:
    """The currency's sign, or its code and a narrow space where it has none here."""
    return _SYMBOL.get(currency, f"{currency}\u202f")


def money(micros: float | None, currency: str, places: int | None = None) -> str:
    """``£9,870``; pence only under ten units; None is an en dash."""
    if micros is None:
        return MISSING
    value = micros / MICROS
    digits = (2 if 0 < abs(value) < 10 else 0) if places is None else places
    sign = MINUS if round(value, digits) < 0 else ""
    return f"{sign}{symbol(currency)}{abs(value):,.{digits}f}"


def percent(share: float | None, places: int = 0) -> str:
    """``56%`` of a share, ``4.1%`` of a rate; None is an en dash."""
    if share is None:
        return MISSING
    sign = MINUS if round(share * 100, places) < 0 else ""
    return f"{sign}{abs(share) * 100:.{places}f}%"


def multiple(ratio: float | None) -> str:
    """``3.4×``; None is an en dash."""
    return MISSING if ratio is None else f"{ratio:.1f}×"


def count(number: float | None, one: str = "", many: str = "") -> str:
    """``1,204``, or with a word ``1 order`` and ``24 orders``; None is an en dash."""
    if number is None:
        return MISSING
    text = f"{number:,.0f}"
    if not one:
        return text
    return f"{text} {one if round(number) == 1 else many or plural(one)}"


def plural(word: str) -> str:
    """The plain English plural of a primary action's word."""
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def day(value: date, this_year: int | None = None) -> str:
    """``Fri 13 Nov``; with the year when it is not this one."""
    year = "" if this_year in (None, value.year) else f" {value.year}"
    return f"{value:%a} {value.day} {value:%b}{year}"


def days(first: date, last: date) -> str:
    """``1–12 November``, ``28 Oct–9 Nov``, ``13 November``."""
    if first == last:
        return f"{first.day} {first:%B}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B}"
    return f"{first.day} {first:%b}–{last.day} {last:%b}"


def dated(first: date, last: date, this_year: int | None = None) -> str:
    """As ``days``, with the year where it is not this one; None: always."""
    if first.year == last.year == this_year:
        return days(first, last)
    if first.year != last.year:
        return f"{first.day} {first:%b %Y}–{last.day} {last:%b %Y}"
    return f"{days(first, last)} {last.year}"


def clock(at: datetime, zone: str) -> str:
    """``09:12`` in the named zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def stamp(at: datetime, zone: str, now: datetime) -> str:
    """``11:42`` on the same day, ``Mon 09:00`` within six days, else ``Mon 2 Nov, 09:00``."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if abs((local.date() - today).days) <= 6:
        return f"{local:%a %H:%M}"
    return f"{day(local.date(), today.year)}, {local:%H:%M}"


def span(length: timedelta) -> str:
    """``40 min``, ``1 h 40 min``, ``9 h``, ``3 days``; never negative."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 6 and rest:
        return f"{hours} h {rest} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def source(key: str) -> str:
    """The name people know an outside system by."""
    return _SOURCES.get(key, key.replace("_", " ").title())


def channel(key: str) -> str:
    """The name people know a channel by."""
    return CHANNELS.get(key, key.replace("_", " ").title())
