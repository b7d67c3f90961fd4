"""The kinds of line a ledger has, sorted by who may read them. A kind nobody sorted is internal.

One chain, three readers: the engine reads all of it, people inside the house read all of it with its details, a
client reads the lines of these kinds, and of each the sentence alone.
"""

from __future__ import annotations

from engine.model.people import Role

CLIENT: frozenset[str] = frozenset(
    {
        *("decision_allowed", "decision_escalated", "decision_blocked"),
        *("carried_out", "voided", "settled", "adopted", "edit_kept", "outcome"),
        *("escalation_opened", "escalation_approved", "escalation_rejected", "escalation_deferred"),
        *("escalation_returned", "escalation_over", "escalation_tightened"),
        *("plan_waiting", "plan_infeasible", "plan_superseded", "plan_approved", "plan_rejected"),
        *("policy", "concept", "brief", "phase", "pause", "resume", "lock", "lock_lifted"),
        *("client", "import", "import_undone", "discovery_agreed"),
    }
)
"""What was done, asked, decided or written down for the client."""
INTERNAL: frozenset[str] = frozenset(
    {
        *("escalation_acknowledged", "escalation_reassigned", "escalation_handed_over"),
        *("escalation_snoozed", "escalation_breached", "escalation_drafted"),
        *("calendar", "person", "discovery_answered", "brand_file"),
    }
)
"""How the house works: who took a question on, whose deadline passed, whose hours changed."""


def readable(role: Role) -> frozenset[str] | None:
    """The kinds a reader in that role may see; None: all."""
    return CLIENT if role in {"client", "site"} else None
