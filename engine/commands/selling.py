"""What is sold has to be written: the check that concepts and briefs share."""

from __future__ import annotations

from typing import Any

from engine.model.errors import BadInput
from engine.store import passes


def written(conn: Any, client: str, offer: str | None) -> None:
    """Refuse an offer that the policy in force does not write; where it writes none, any name may stand.

    Raises:
        BadInput: with the keys there are.
    """
    policy = passes.policy_in_force(conn, client)
    if offer is None or policy is None or not policy.offers.listed:
        return
    if policy.offers.get(offer) is None:
        keys = ", ".join(one.key for one in policy.offers.listed)
        raise BadInput(f'The policy in force writes no offer "{offer}"; name one of {keys}.')
