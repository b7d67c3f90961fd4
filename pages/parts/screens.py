"""The list of every screen, and whose menu it is in."""

from __future__ import annotations

SCREENS: dict[str, tuple[str, str]] = {
    "client/performance": ("Performance", "monitoring"),
    "client/decisions": ("Decisions", "checklist"),
    "strategist/home": ("Home", "home"),
    "strategist/inbox": ("Inbox", "inbox"),
    "strategist/plan": ("Plan", "event_note"),
    "strategist/ledger": ("Ledger", "receipt_long"),
    "team/guardrails": ("Guardrails", "shield"),
    "team/sources": ("Data sources", "database"),
    "admin/health": ("Engine room", "monitor_heart"),
    "admin/people": ("People", "group"),
}
"""Every screen: its file below pages/, its name in the menu and its icon."""
MENUS: dict[str, tuple[str, ...]] = {
    "client": ("client/performance", "client/decisions"),
    "strategist": (
        "strategist/home",
        "strategist/inbox",
        "strategist/plan",
        "strategist/ledger",
        "team/guardrails",
        "team/sources",
        "client/performance",
    ),
    "team": ("team/guardrails", "strategist/ledger", "strategist/plan", "team/sources"),
    "admin": (
        "admin/health",
        "strategist/ledger",
        "team/guardrails",
        "team/sources",
        "admin/people",
    ),
}
"""The screens of each role, its first page first."""
