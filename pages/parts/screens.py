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
    "team/authority": ("Who may do what", "rule"),
    "team/audiences": ("Audiences", "groups"),
    "team/sources": ("Data sources", "database"),
    "admin/health": ("Engine room", "monitor_heart"),
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
        "team/authority",
        "team/audiences",
        "team/sources",
        "client/performance",
    ),
    "team": (
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "strategist/ledger",
        "strategist/plan",
        "team/sources",
    ),
    "admin": (
        "admin/health",
        "strategist/ledger",
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/sources",
    ),
}
"""The screens of each role, its first page first."""


def address(role: str, screen: str) -> str:
    """Where a screen answers for a role: the first of its menu at the root, the others by their name."""
    first = next(iter(MENUS.get(role, ())), "")
    return "/" if screen == first else f"/{screen.rpartition('/')[2]}"
