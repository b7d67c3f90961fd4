"""Who there is, for admins: rights by client, sign-ins, and what waits for a second senior person."""

from engine.reporting.people.read import people
from engine.reporting.people.view import People, Who

__all__ = ["People", "Who", "people"]
