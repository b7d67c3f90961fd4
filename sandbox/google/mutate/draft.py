"""A copy of an account that a Mutate works on; it becomes the account only when all is valid."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sandbox.google.failures import Problem
from sandbox.google.wire import resource_name

_TEMP = re.compile(r"^customers/\d+/\w+/(?:[\d-]+~)*-\d+(?:~-?\d+)*$")


class Write(NamedTuple):
    """One applied operation."""

    kind: str
    operation: str
    name: str
    before: Any
    after: Any


@dataclass
class Draft:
    """Entities under change, temp ids seen so far, and what was written."""

    customer_id: str
    currency: str
    today: date
    entities: dict[str, Any]
    next_id: int
    temps: dict[int, int] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    writes: list[Write] = field(default_factory=list)

    def of(self, collection: str) -> list[Any]:
        """All messages of a collection."""
        prefix = f"customers/{self.customer_id}/{collection}/"
        return [each for name, each in self.entities.items() if name.startswith(prefix)]

    def new_id(self, given: str = "") -> int:
        """The next id; a negative id in the given resource name is remembered as standing for it.

        Raises:
            Problem: the temporary id is used twice, or an id of one's own was given.
        """
        fresh = self.next_id
        if given:
            tail = given.rsplit("/", 1)[-1].rsplit("~", 1)[-1]
            temp = int(tail) if re.fullmatch(r"-\d+", tail) else 0
            if temp == 0:
                raise Problem(
                    "new_resource_creation_error",
                    "CANNOT_SET_ID_FOR_CREATE",
                    f"The id in {given} cannot be set on create; use a negative one or none.",
                )
            if temp in self.temps:
                raise Problem(
                    "new_resource_creation_error",
                    "DUPLICATE_TEMP_IDS",
                    f"The temporary id {temp} is used twice in this request.",
                )
            self.temps[temp] = fresh
        self.next_id += 1
        return fresh

    def name(self, collection: str, *ids: int) -> str:
        """A resource name in this account."""
        return resource_name(self.customer_id, collection, *ids)

    def resolved(self, text: str) -> str:
        """A resource name with its temporary ids replaced by real ones.

        Raises:
            Problem: a temporary id was not defined before.
        """
        if not _TEMP.match(text):
            return text
        head, tail = text.rsplit("/", 1)
        return f"{head}/{'~'.join(self._real(part, text) for part in tail.split('~'))}"

    def _real(self, part: str, text: str) -> str:
        if not part.startswith("-"):
            return part
        known = self.temps.get(int(part))
        if known is None:
            raise Problem("mutate_error", "RESOURCE_NOT_FOUND", f"{text} was not found.")
        return str(known)

    def found(self, name: str, kind: str) -> Any:
        """The entity of that name.

        Raises:
            Problem: it is not there.
        """
        entity = self.entities.get(name)
        if entity is None:
            said = f"The {kind.replace('_', ' ')} {name!r} was not found."
            raise Problem("mutate_error", "RESOURCE_NOT_FOUND", said)
        return entity

    def touch(self, name: str) -> None:
        """Note that a request changes this resource.

        Raises:
            Problem: the request changed it before.
        """
        if name in self.touched:
            said = f"{name} may be changed only once in a request."
            raise Problem("mutate_error", "ID_EXISTS_IN_MULTIPLE_MUTATES", said)
        self.touched.add(name)

    def put(self, kind: str, operation: str, message: Any) -> None:
        """Store a created or updated resource."""
        name = message.resource_name
        self.writes.append(Write(kind, operation, name, self.entities.get(name), message))
        self.entities[name] = message

    def drop(self, kind: str, name: str) -> None:
        """Take a resource away for good (criteria and links; the rest is marked REMOVED)."""
        self.writes.append(Write(kind, "remove", name, self.entities.pop(name), None))


def resolve_all(message: Any, resolve: Callable[[str], str]) -> None:
    """Replace temporary ids in every string field of a message, nested ones included."""
    for described, value in message.ListFields():
        many = hasattr(value, "append") or hasattr(value, "add")
        if described.message_type is not None:
            for each in value if many else (value,):
                resolve_all(each, resolve)
        elif isinstance(value, str):
            setattr(message, described.name, resolve(value))
        elif many and len(value) and isinstance(value[0], str):
            value[:] = [resolve(each) for each in value]
