"""Names of agents that a rule treats in a way of its own; every other name is the agent's own business."""

from __future__ import annotations

PERSON = "person:"
"""What the agent of a person's own move begins with, before the person's id; only commands make one."""
SAFE_STATE = "safe_state"
"""The agent that carries out what a policy declares for a deadline that passes."""
EXPIRY = "expired_offers"
"""The agent that stops what sells an offer that is over or has not begun."""
