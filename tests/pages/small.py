"""Who is in the small store for screens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from engine.model.accounts import Account
from engine.store import clients

NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)
DAYS = 70
NASTY = "<img src=x onerror=alert(1)>'; DROP TABLE facts; -- $1 *bold*"
PRESETS = Path(__file__).parents[2] / "policies" / "presets"

NORTHGATE = clients.Client(
    "northgate",
    "Northgate Advisory",
    "b2b_services",
    "GBP",
    "Europe/London",
    "closed_loop",
    "consultation",
    False,
    date(2026, 9, 10),
)
ALDER = clients.Client(
    "alder",
    "Alder & Finch",
    "ecommerce",
    "USD",
    "America/New_York",
    "closed_loop",
    "order",
    False,
    date(2026, 9, 10),
)
ACCOUNTS = {
    "northgate": Account("google_ads", "1000000001", "Northgate", "GBP", "Europe/London"),
    "alder": Account("google_ads", "1000000002", "Alder", "USD", "America/New_York"),
}
CAMPAIGNS = {
    "northgate": [("search-core", "google_search", 430), ("partner-stories", "youtube", 190)],
    "alder": [("search-brand", "google_search", 900), ("gift-films", "youtube", 350)],
}
