"""Approved concepts and the ad variants made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, update

from engine.store import rows
from engine.store.tables import concepts as concept_table
from engine.store.tables import variants as variant_table

VariantState = Literal["proposed", "blocked", "live", "paused", "lost"]


@dataclass(frozen=True)
class Concept:
    """Blocks of copy a person approved for one ad group; ``approved_by`` is None until then."""

    client: str
    concept: str
    channel: str
    campaign: str
    ad_group: str
    body_json: str
    approved_by: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True)
class Variant:
    """One ad made of a concept; ``shipped_at`` (UTC) is None until it went live once."""

    client: str
    variant: str
    concept: str
    campaign: str
    ad_group: str
    text_json: str
    verdict: str
    reasons_json: str
    state: VariantState
    shipped_at: datetime | None = None


def save_concept(
    conn: Connection,
    client: str,
    *,
    concept: str,
    channel: str,
    campaign: str,
    ad_group: str,
    body_json: str,
) -> None:
    """Keep a concept, replacing what was there under its key and taking its approval away."""
    row = Concept(client, concept, channel, campaign, ad_group, body_json)
    rows.put(conn, concept_table, [rows.values(row)])


def approve_concept(
    conn: Connection, client: str, concept: str, person: str, now: datetime
) -> bool:
    """Approve a concept as it stands; False when there is none of that key."""
    t = concept_table
    one = update(t).where(t.c.client_id == client, t.c.concept == concept)
    return conn.execute(one.values(approved_by=person, approved_at=now)).rowcount == 1


def concepts(conn: Connection, client: str) -> list[Concept]:
    """The concepts of a client, by key."""
    t = concept_table
    mine = rows.pick(t, Concept).where(t.c.client_id == client).order_by(t.c.concept)
    return rows.load(conn, mine, Concept)


def offer_of(concept: Concept) -> str:
    """The key of the offer a concept sells; "" where it names none."""
    return json.loads(concept.body_json).get("offer") or ""


def save_variant(conn: Connection, variant: Variant) -> None:
    """Keep a variant, replacing what was there under its key."""
    rows.put(conn, variant_table, [rows.values(variant)])


def set_variant_state(
    conn: Connection, client: str, variant: str, state: VariantState, now: datetime
) -> None:
    """Move a variant on; the first time it is live sets ``shipped_at``."""
    t = variant_table
    one = (t.c.client_id == client) & (t.c.variant == variant)
    conn.execute(update(t).where(one).values(state=state))
    if state == "live":
        conn.execute(update(t).where(one, t.c.shipped_at.is_(None)).values(shipped_at=now))


def variants(conn: Connection, client: str) -> list[Variant]:
    """The variants of a client, by key."""
    t = variant_table
    mine = rows.pick(t, Variant).where(t.c.client_id == client).order_by(t.c.variant)
    return rows.load(conn, mine, Variant)
