"""Who a policy still asks though they can be called no more."""

from __future__ import annotations

from typing import Any

from engine.commands.house import House
from engine.store import clients, people, policies
from policies.drafting.forms import policy_fields
from policies.drafting.versions import values_of


def gone(house: House) -> list[str]:
    """For the operator: one sentence for each client and person, empty when everybody asked is there."""
    with house.store.read() as conn:
        names = {p.person: p.name for p in people.people(conn)}
        return [
            f"The policy of {clients.client(conn, each.client).name} still asks {names.get(who, who)}, who cannot be"
            " called there any more; publish a version that asks somebody else. Until then the backup is told, or"
            " every senior strategist."
            for each in policies.everywhere(conn)
            for who in sorted(_asked(each.body_json) - policies.callable_people(conn, each.client))
        ]


def _asked(body: Any) -> set[str]:
    values = values_of(body)
    people_of = (path for path, one in policy_fields().items() if one.hint == "person")
    return {str(values[path]) for path in people_of if values.get(path)}
