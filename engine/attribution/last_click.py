"""CRM leads by the place of their last click."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from engine.model.credit import Floats, sums


def leads(deals: pa.Table, places: Sequence[str], by: str = "channel") -> Floats:
    """Leads per place (channels, or campaigns with ``by="campaign"``), in the order of ``places``.

    Leads of no known place are counted nowhere.
    """
    return sums(deals, places, by, None)
