"""Links in messages: ``/go/<id>`` leads to one decision, also by way of the sign-in."""

from __future__ import annotations

import re

ID = re.compile(r"[EP]-[A-Za-z0-9-]{1,40}")
"""What may be linked to: the id of an escalation or a plan, never an address."""

COOKIE = "cc_go"
"""Keeps the id while its reader signs in."""

QUERY = "go"
MINUTES = 10


def front(wanted: str) -> str:
    """The first page, told where its reader wants to go; ``wanted`` is an id.

    Raises:
        ValueError: it is none.
    """
    if not ID.fullmatch(wanted):
        raise ValueError(f"{wanted!r} is no id of an escalation or a plan.")
    return f"/?{QUERY}={wanted}"
