"""What should be true on the platforms, one document per campaign."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from engine.model.desired import DesiredCampaign
from engine.store import codec, rows
from engine.store.tables import desired


def load(conn: Connection, client: str) -> dict[str, DesiredCampaign]:
    """Every desired campaign of a client by its natural key; empty before the first launch."""
    mine = select(desired.c.campaign, desired.c.body_json).where(desired.c.client_id == client)
    found = conn.execute(mine.order_by(desired.c.campaign))
    return {key: codec.campaign(body) for key, body in found}


def drop(conn: Connection, client: str, campaign: str) -> None:
    """Forget one campaign: it should no longer exist."""
    mine = (desired.c.client_id == client) & (desired.c.campaign == campaign)
    conn.execute(delete(desired).where(mine))


def save(conn: Connection, client: str, campaigns: Iterable[DesiredCampaign]) -> None:
    """Keep these campaigns, each replacing the document of its key; others stay as they are."""
    documents = [
        {"client_id": client, "campaign": c.campaign, "body_json": codec.campaign_json(c)}
        for c in campaigns
    ]
    rows.put(conn, desired, documents)
