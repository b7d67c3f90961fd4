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
    "team/brand": ("Brand rules", "format_quote"),
    "team/discovery": ("Discovery", "forum"),
    "team/sources": ("Data sources", "database"),
    "admin/health": ("Engine room", "monitor_heart"),
    "admin/people": ("People", "group"),
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
        "team/brand",
        "team/discovery",
        "team/sources",
        "client/performance",
        "strategist/you",
    ),
    "team": (
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/brand",
        "team/discovery",
        "strategist/ledger",
        "strategist/plan",
        "team/sources",
        "strategist/you",
    ),
    "admin": (
        "admin/health",
        "admin/people",
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


def address(role: str, screen: str) -> str:
    """Where a screen answers for a role: the first of its menu at the root, the others by their name."""
    first = next(iter(MENUS.get(role, ())), "")
    return "/" if screen == first else f"/{screen.rpartition('/')[2]}"
