"""Every table of the store. The client comes first in each, so that rows can be spread by it.

No foreign keys, secondary indexes or partial unique indexes: DuckDB lacks them or lets them block
later changes. Money is int64 micros, instants are UTC, days are the account's own.
"""

from __future__ import annotations

from engine.store.tables.asking import calendars, card_views, pinged, standings
from engine.store.tables.brand import brand_files
from engine.store.tables.columns import Instant, metadata
from engine.store.tables.figures import (
    bookmarks,
    campaign_days,
    channel_days,
    deals,
    facts,
    file_rows_deals,
    file_rows_other,
    file_rows_performance,
    file_rows_search,
    file_rows_web,
    imports,
    source_states,
)
from engine.store.tables.house import (
    accounts,
    clients,
    counters,
    meta,
    people,
    policies,
    rights,
)
from engine.store.tables.judged_on import judged_on
from engine.store.tables.learning import agreed, answers, outcomes
from engine.store.tables.locks import locks
from engine.store.tables.post import deliveries, messages, ping_targets, ping_wishes
from engine.store.tables.sign_ins import sign_ins
from engine.store.tables.work import (
    briefs,
    budget_writes,
    concepts,
    decisions,
    desired,
    escalations,
    intents,
    jobs,
    ledger,
    ledger_heads,
    plans,
    ticks,
    variants,
)

__all__ = [
    "Instant",
    "accounts",
    "agreed",
    "answers",
    "bookmarks",
    "brand_files",
    "briefs",
    "budget_writes",
    "calendars",
    "campaign_days",
    "card_views",
    "channel_days",
    "clients",
    "concepts",
    "counters",
    "deals",
    "decisions",
    "deliveries",
    "desired",
    "escalations",
    "facts",
    "file_rows_deals",
    "file_rows_other",
    "file_rows_performance",
    "file_rows_search",
    "file_rows_web",
    "imports",
    "intents",
    "jobs",
    "judged_on",
    "ledger",
    "ledger_heads",
    "locks",
    "messages",
    "meta",
    "metadata",
    "outcomes",
    "people",
    "ping_targets",
    "ping_wishes",
    "pinged",
    "plans",
    "policies",
    "rights",
    "sign_ins",
    "source_states",
    "standings",
    "ticks",
    "variants",
]
