"""What is done for a client after each pass, whatever the pass found: clocks that run out, messages that are due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from engine.commands import clocks, outcomes, post
from engine.commands.house import House
from engine.model.errors import Fault

log = logging.getLogger(__name__)

Chore = Callable[[House, str, datetime], None]
"""A function of the house, the client and ``now`` (UTC) that starts from what is true, so that doing it twice is
doing it once.
"""
CHORES: tuple[Chore, ...] = (
    clocks.run_out,
    outcomes.judge_outcomes,
    post.queue_messages,
    post.deliver,
)
"""Every chore, in the order done; a new one is one line here."""


def do_chores(
    house: House, client: str, now: datetime, chores: Sequence[Chore] | None = None
) -> None:
    """Do every chore; one that fails is logged and stops no other, and the next pass does it again."""
    for chore in CHORES if chores is None else chores:
        try:
            chore(house, client, now)
        except Fault as fault:
            log.warning("%s for %s waits: %s", chore.__name__, client, fault)
        except Exception:
            log.exception("%s for %s broke down", chore.__name__, client)
