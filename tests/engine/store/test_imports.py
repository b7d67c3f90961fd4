import hashlib
import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from engine.model.errors import BadInput
from engine.model.exports import Total
from engine.store import file_rows, imports
from engine.store.tables import file_rows_performance

from .values import DAY, NASTY, NOW, a_deal, an_export


def row(key="k1", cost=5, **more):
    return {"row_key": key, "day": DAY, "campaign": "search", "cost_micros": cost, **more}


def take(store, export, client="northgate"):
    """Take a file in; its digest is that of its rows, as a file's is of its bytes."""
    digest = hashlib.sha256(repr(export.rows.to_pylist()).encode()).hexdigest()
    result = store.write(lambda conn: imports.record(conn, client, export, digest, NOW, by="maya"))
    return result.kept, result.already


def stored(store, kind, *columns, client="northgate"):
    """What is in force of one kind, by key."""
    found = file_rows.in_force(client, "google_ads", kind)
    with store.read() as conn:
        return conn.execute(select(*(found.c[c] for c in columns)).order_by(found.c.row_key)).all()


def test_the_same_file_again_keeps_nothing_and_is_still_on_record(store):
    export = an_export([row("k1"), row("k2", cost=None)])
    assert take(store, export) == (2, 0)
    assert take(store, export) == (0, 2)
    with store.read() as conn:
        found = imports.imports(conn, "northgate")
    assert [(i.import_id, i.kept, i.already) for i in found] == [
        ("file-00002", 0, 2),
        ("file-00001", 2, 0),
    ]


def test_new_figures_under_a_key_take_the_place_of_the_old(store):
    take(store, an_export([row("k1"), row("k2")]))
    assert take(store, an_export([row("k1", cost=6), row("k2"), row("k3")])) == (2, 1)
    figures = stored(store, "performance", "row_key", "cost_micros", "import_id")
    assert figures == [
        ("k1", 6, "file-00002"),
        ("k2", 5, "file-00002"),  # told again
        ("k3", 5, "file-00002"),
    ]


def test_a_missing_figure_is_not_the_same_as_zero(store):
    take(store, an_export([row(cost=None)]))
    assert take(store, an_export([row(cost=0)])) == (1, 0)


def test_of_lines_with_one_key_in_a_file_the_last_stands(store):
    assert take(store, an_export([row(cost=1), row(cost=2)])) == (1, 1)
    assert stored(store, "performance", "cost_micros") == [(2,)]


def test_an_older_download_of_a_deal_does_not_replace_a_newer_one(store):
    deal = {k: v for k, v in a_deal(amount=2, modified=5).items() if k != "channel"}
    newer = {"row_key": "d1", **deal}
    older = newer | {"amount_micros": 1, "modified_at": a_deal(modified=1)["modified_at"]}
    assert take(store, an_export([newer], "deals")) == (1, 0)
    assert take(store, an_export([older], "deals")) == (0, 1)
    assert stored(store, "deals", "amount_micros") == [(2,)]


def test_leads_and_reference_rows_share_a_table_and_not_their_keys(store):
    lead = {"row_key": "k", "lead_id": "1", "created_on": DAY, "extra": NASTY}
    assert take(store, an_export([lead], "leads")) == (1, 0)
    look_up = {"row_key": "k", "table": "products", "key": NASTY, "extra": "{}"}
    assert take(store, an_export([look_up], "reference")) == (1, 0)
    assert take(store, an_export([lead], "leads")) == (0, 1)
    assert len(stored(store, "leads", "extra")) == len(stored(store, "reference", "key")) == 1


def test_one_clients_rows_are_never_taken_for_anothers(store):
    assert take(store, an_export([row()])) == (1, 0)
    assert take(store, an_export([row()]), client="alder") == (1, 0)
    with store.read() as conn:
        assert conn.execute(select(func.count()).select_from(file_rows_performance)).scalar() == 2
        assert len(imports.imports(conn, "alder")) == 1


def test_refusals_and_totals_are_kept_as_the_file_said_them(store):
    export = an_export([row()], refused=[7])
    export.totals["Cost"] = Total(Decimal("0.30"), Decimal("0.3"))
    take(store, export)
    with store.read() as conn:
        (found,) = imports.imports(conn, "northgate")
    assert (found.read, found.refused) == (2, 1)
    assert json.loads(found.refused_json) == [{"line": 7, "reason": "no day"}]
    assert json.loads(found.totals_json) == {"Cost": {"rows": "0.30", "file": "0.3"}}


def test_a_row_without_a_key_is_refused_and_nothing_is_stored(store):
    with pytest.raises(BadInput, match="row_key"):
        take(store, an_export([row(None), row()]))
    with store.read() as conn:
        assert imports.imports(conn, "northgate") == []


def test_two_downloads_of_one_report_with_other_columns_complete_each_other(store):
    wide = an_export([row(clicks=5, conversions=None, extra='{"Status": "Eligible"}')])
    narrow = an_export([row(clicks=5, conversions=2.0, extra="{}")])
    assert [take(store, file)[0] for file in (wide, narrow, wide, narrow)] == [1, 1, 0, 0]
    assert stored(store, "performance", "clicks", "conversions") == [(5, 2.0)]


def test_an_older_download_taken_in_again_does_not_bring_its_figures_back(store):
    first, second = an_export([row(impressions=9380)]), an_export([row(impressions=9392)])
    assert [take(store, file)[0] for file in (first, second, first, second)] == [1, 1, 0, 0]
    assert stored(store, "performance", "impressions") == [(9392,)]
