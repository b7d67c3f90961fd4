"""The list of every screen, and whose menu it is in."""

from __future__ import annotations

SCREENS: dict[str, tuple[str, str]] = {
    "client/performance": ("Performance", "monitoring"),
    "client/decisions": ("Decisions", "checklist"),
    "strategist/home": ("Home", "home"),
    "strategist/inbox": ("Inbox", "inbox"),
    "strategist/plan": ("Plan", "event_note"),
    "strategist/moves": ("Moves", "tune"),
    "strategist/ledger": ("Ledger", "receipt_long"),
    "strategist/review": ("Review", "insights"),
    "strategist/you": ("You", "person"),
    "team/guardrails": ("Guardrails", "shield"),
    "team/authority": ("Who may do what", "rule"),
    "team/audiences": ("Audiences", "groups"),
    "team/discovery": ("Discovery", "forum"),
    "team/sources": ("Data sources", "database"),
    "admin/health": ("Engine room", "monitor_heart"),
}
"""Every screen: its file below pages/, its name in the menu and its icon."""
MENUS: dict[str, tuple[str, ...]] = {
    "client": ("client/performance", "client/decisions", "team/discovery"),
    "strategist": (
        "strategist/home",
        "strategist/inbox",
        "strategist/plan",
        "strategist/moves",
        "strategist/ledger",
        "strategist/review",
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/discovery",
        "team/sources",
        "client/performance",
        "strategist/you",
    ),
    "team": (
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/discovery",
        "strategist/ledger",
        "strategist/plan",
        "team/sources",
        "strategist/you",
    ),
    "admin": (
        "admin/health",
        "strategist/ledger",
        "strategist/review",
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/sources",
        "strategist/you",
    ),
}
"""The screens of each role, its first page first."""
