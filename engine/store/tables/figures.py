"""What the outside said: figures of ad platforms, deals, files in layers, and how fresh each source is.

Facts carry no primary key: loading into one is ten times slower (measured); their queries keep them unique.
"""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import BigInteger, Date, Double, String, Table

from engine.model import exports, outcomes
from engine.store.tables.columns import Instant, arrow, key, maybe, metadata, must, text

facts = Table(
    "facts",
    metadata,
    *text("client_id", "source", "account", "currency"),
    *arrow(outcomes.FACTS),
)


def _sums(name: str, *left_out: str) -> Table:
    """Sums of the facts over what is left out; only engine.store.facts writes them, with the facts."""
    kept = pa.schema(field for field in outcomes.FACTS if field.name not in left_out)
    owner = text("client_id", "source", "account", "currency")
    return Table(name, metadata, *owner, *arrow(kept))


campaign_days = _sums("campaign_days", "ad")
channel_days = _sums("channel_days", "ad", "campaign")

deals = Table("deals", metadata, *text("client_id", "source"), *arrow(outcomes.DEALS))
source_states = Table(
    "source_states",
    metadata,
    *key("client_id", "source"),
    *maybe(Instant, "as_of"),
    *text("state", "sentence"),
    *maybe(Double, "wait_seconds"),
    *must(Instant, "seen_at"),
)
bookmarks = Table("bookmarks", metadata, *key("client_id", "source"), *text("bookmark"))
imports = Table(
    "imports",
    metadata,
    *key("client_id", "import_id"),
    *text("file", "sha256", "format", "source", "kind"),
    *maybe(Date, "period_first", "period_last"),
    *maybe(String, "currency"),
    *must(BigInteger, "read", "kept", "already", "refused"),
    *text("refused_json", "totals_json", "notes_json"),
    *must(Instant, "at"),
    *maybe(String, "by", "undone_by"),
    *maybe(Instant, "undone_at"),
    *maybe(String, "answers_json", "repeats"),
)


def _file_rows(name: str, *schemas: pa.Schema) -> Table:
    """Rows of files as each file gave them; only engine.store.file_rows writes them.

    ``import_id`` brought a row, ``replaced_by`` is the import whose row of the same key stands in its place: null
    while it stands itself.
    """
    place = text("client_id", "import_id", "import_source", "kind")
    return Table(name, metadata, *place, *maybe(String, "replaced_by"), *arrow(*schemas))


file_rows_performance = _file_rows("file_rows_performance", exports.PERFORMANCE)
file_rows_deals = _file_rows("file_rows_deals", exports.DEALS)
file_rows_other = _file_rows("file_rows_other", exports.LEADS, exports.REFERENCE)
file_rows_web = _file_rows("file_rows_web", exports.WEB)
file_rows_search = _file_rows("file_rows_search", exports.SEARCH)
