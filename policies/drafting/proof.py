"""Proof that a draft lets nothing through that the policy in force does not. Pure.

Field by field: each difference is in the tighter direction of a field in which its rule is monotone
(``policies.fields.says(proves=True)``). Anything else is not proven, whatever it may do.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.drafting.diff import Difference, differences
from policies.drafting.layers import leaves, nested
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy


@dataclass(frozen=True)
class Proof:
    """What was found: ``stops`` are the differences that prove nothing, ``why`` the sentence about the first obstacle.

    It is proven where ``why`` is empty.
    """

    why: str
    stops: tuple[Difference, ...] = ()

    @property
    def proven(self) -> bool:
        """True where nothing becomes allowed that was not."""
        return not self.why


def proof(now: Policy | None, draft: Policy | None) -> Proof:
    """Whether ``draft`` is proven to be a tightening of ``now``; None: no policy, or one that cannot be read."""
    if now is None:
        return Proof("Nothing is in force that it could tighten.")
    if draft is None:
        return Proof("It cannot be read.")
    before, after = leaves(now), leaves(draft)
    found = differences(before, after)
    if not found:
        return Proof("No value differs, so there is nothing to tighten.")
    stops = tuple(d for d in found if not (d.direction == "tighter" and d.field.proves))
    if stops:
        return Proof(_stopped(stops), stops)
    if not _nothing_else(now, draft):
        return Proof("It differs from the policy in force in more than its values.")
    return Proof("")


def text_proof(now_json: str | None, draft_json: str) -> Proof:
    """The same for two kept bodies; ``now_json`` None: nothing is in force."""
    return proof(_read(now_json), _read(draft_json))


def _read(text: str | None) -> Policy | None:
    try:
        return read_policy(text, suffix=".json") if text is not None else None
    except BadPolicy:
        return None


def _nothing_else(now: Policy, draft: Policy) -> bool:
    """True where the values of the form are all that differs: whose policy it is and in what currency do not."""
    return _rest(now) == _rest(draft)


def _rest(policy: Policy) -> object:
    body = policy.model_dump(mode="json", exclude_none=True, exclude={"version"})
    return _without(body, nested(leaves(policy)))


def _without(body: object, taken: object) -> object:
    """A body less what stands in ``taken``; tables that become empty go with their content."""
    if not isinstance(body, dict) or not isinstance(taken, dict):
        return None if body == taken else body
    left = {k: _without(v, taken[k]) if k in taken else v for k, v in body.items()}
    return {k: v for k, v in left.items() if v not in (None, {})}


def _stopped(stops: tuple[Difference, ...]) -> str:
    first = stops[0]
    name = f"{first.block.title}: {first.field.name}"
    more = f" (and {len(stops) - 1} more)" if stops[1:] else ""
    if first.direction == "looser":
        return f"“{name}” is looser{more}."
    if first.direction == "changed":
        return f"“{name}” changes in a way that is neither looser nor tighter{more}."
    return f"No rule of the gate is known to get stricter with “{name}”{more}."
