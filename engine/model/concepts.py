"""An approved creative idea and the blocks its ads may be built from."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from policies.actions import Frozen, Key


class Concept(Frozen):
    """One idea for one ad group: every variant traces to it and to the person who approved it.

    ``headlines`` and ``descriptions`` are the options; the ``fixed_*`` lines appear in every ad.
    ``offer`` is the key of what it sells (None: it names none). ``approved_by`` and ``approved_at`` (UTC) are None
    until a strategist approved the concept.
    """

    concept: Key
    channel: str
    campaign: Key
    ad_group: Key
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    fixed_headlines: tuple[str, ...] = ()
    fixed_descriptions: tuple[str, ...] = ()
    path: tuple[str, ...] = Field(default=(), max_length=2)
    final_url: str
    business_name: str = ""
    offer: Key | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None

    @property
    def approved(self) -> bool:
        """True when a named person approved it at a known instant."""
        return bool(self.approved_by) and self.approved_at is not None
