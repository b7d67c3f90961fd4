"""Deals from any CRM as one shape: campaign and channel recognised, money in one currency's micros."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from engine.model.accounts import Snapshot
from engine.model.outcomes import DEALS

_MARK = re.compile(r"\bcc-[0-9a-f]{8}\b")


def names_of(snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """Every text a CRM may call a campaign of ours by -> its key: name, platform id, marker, key."""
    found: dict[str, str] = {}
    for snapshot in snapshots:
        for campaign in snapshot.campaigns:
            if campaign.campaign is None:
                continue
            texts = (campaign.name, campaign.id, campaign.campaign, *_MARK.findall(campaign.name))
            found.update({_plain(text): campaign.campaign for text in texts})
    return found


def channels_of(snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """Campaign key -> channel."""
    every = (campaign for snapshot in snapshots for campaign in snapshot.campaigns)
    return {c.campaign: c.channel for c in every if c.campaign is not None}


def deals(
    rows: pa.Table,
    currency: str,
    names: Mapping[str, str],
    channels: Mapping[str, str],
) -> pa.Table:
    """Rows of a CRM file (``exports.DEALS``) or of ``outcomes.DEALS`` as ``outcomes.DEALS``; idempotent.

    ``names`` maps what a CRM calls a campaign to its key (see ``names_of``). A campaign that is not
    recognised becomes "", its channel too, unless the row already carries a channel we know. Rows
    without an id, a creation day or a modification instant are dropped; of one deal the latest row
    is kept. Rows in another currency keep theirs and get no amount: adding them up would be wrong.
    """
    wanted = rows.select([n for n in rows.column_names if n in DEALS.names or n == "source"])
    present = pc.and_(pc.is_valid(wanted["deal_id"]), pc.is_valid(wanted["created_on"]))
    wanted = wanted.filter(present)
    campaign = _mapped(_texts(wanted, "campaign"), lambda text: _key(text, names, channels))
    known = set(channels.values())
    given = _texts(wanted, "channel")
    kept = pc.if_else(pc.is_in(given, value_set=pa.array(sorted(known), pa.string())), given, "")
    by_key = _mapped(campaign, lambda key: channels.get(key, ""))
    money = pc.fill_null(_texts(wanted, "currency"), currency)
    money = pc.if_else(pc.equal(money, ""), currency, money)
    amount = pc.fill_null(wanted["amount_micros"], 0)
    columns = {
        "deal_id": wanted["deal_id"],
        "created_on": wanted["created_on"],
        "closed_on": pc.if_else(pc.is_valid(wanted["won"]), wanted["closed_on"], None),
        "stage": _texts(wanted, "stage"),
        "won": wanted["won"],
        "amount_micros": pc.if_else(pc.equal(money, currency), amount, 0),
        "currency": money,
        "campaign": campaign,
        "channel": pc.if_else(pc.equal(by_key, ""), kept, by_key),
        "click_id": _texts(wanted, "click_id"),
        "modified_at": _modified(wanted),
    }
    return _latest(pa.table(columns).cast(DEALS))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _key(text: str, names: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """The campaign key a CRM text speaks of: by its whole text, or by the marker inside it."""
    if text in channels:
        return text
    found = names.get(_plain(text))
    if found is None:
        mark = _MARK.search(text)
        found = names.get(mark.group()) if mark else None
    return found or ""


def _texts(table: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in table.column_names:
        return pa.chunked_array([pa.array([""] * table.num_rows, pa.string())])
    return pc.fill_null(table[name], "")


def _mapped(column: pa.ChunkedArray, of: Callable[[str], str]) -> pa.ChunkedArray:
    """A function of text over a column, called once per distinct value."""
    coded = column.combine_chunks().dictionary_encode()
    values = pa.array([of(text) for text in coded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([values.take(coded.indices)])


def _modified(table: pa.Table) -> pa.ChunkedArray:
    """When a row last changed; a file that does not say counts from its creation day."""
    created = table["created_on"].cast(pa.timestamp("us")).cast(DEALS.field("modified_at").type)
    if "modified_at" not in table.column_names:
        return created
    return pc.coalesce(table["modified_at"], created)


def _latest(table: pa.Table) -> pa.Table:
    """One row per deal: the last modified, ties to the later row; in order of id."""
    numbered = table.append_column("_row", pa.array(range(table.num_rows), pa.int64()))
    ordered = numbered.sort_by(
        [("deal_id", "ascending"), ("modified_at", "ascending"), ("_row", "ascending")]
    )
    ids = ordered["deal_id"].combine_chunks()
    if len(ids) == 0:
        return table
    last = pc.not_equal(ids[:-1], ids[1:])
    return ordered.filter(pa.concat_arrays([last, pa.array([True])])).drop_columns(["_row"])
