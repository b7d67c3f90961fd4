import json
import time
from collections import Counter
from decimal import Decimal

import pytest

from engine.model.errors import BadInput
from engine.platforms.files import read
from tests.engine.platforms.files.known import CARDS, CRM, REPORTS
from tests.engine.platforms.files.real import FOLDER, export_file

pytestmark = pytest.mark.exports


@pytest.mark.parametrize("known", [*REPORTS, *CARDS, *CRM], ids=lambda known: known.file)
def test_a_real_file_is_recognised_and_read_to_its_known_figures(known):
    (found,) = read(export_file(known.file))
    assert (found.format, found.period, found.currency) == (
        known.format,
        known.period,
        known.currency,
    )
    assert (found.read, found.rows.num_rows, len(found.refused)) == (
        known.kept + known.refused,
        known.kept,
        known.refused,
    )
    for column, rows, own in known.sums:
        assert found.totals[column].rows == Decimal(rows)
        assert found.totals[column].file == (None if own is None else Decimal(own))
    assert not [note for note in found.notes if "more than rounding" in note]
    if known.level:
        assert set(found.rows["level"].to_pylist()) == {known.level}
    assert len(set(found.rows["row_key"].to_pylist())) == known.kept


def test_every_file_of_both_folders_is_in_the_table():
    export_file("")
    names = {
        path.relative_to(FOLDER).as_posix()
        for folder in ("google_ads", "crm")
        for path in (FOLDER / folder).iterdir()
    }
    listed = {known.file for known in (*REPORTS, *CARDS, *CRM)}
    assert names == listed | {"google_ads/overview_cards_usd.zip"}


def test_the_real_zip_of_cards_gives_thirteen_exports():
    found = {
        export.file.split("/")[1].split("(20")[0]: export
        for export in read(export_file("google_ads/overview_cards_usd.zip"))
    }
    assert len(found) == 13
    assert {export.currency for export in found.values()} == {None}
    assert all(export.period for export in found.values())
    series = found["Time_series"]
    assert series.rows.slice(0, 1).to_pylist()[0]["conversions"] == 18086.12
    assert series.totals["Cost"].rows == Decimal("48682.73")
    assert found["Campaigns"].totals["Cost"].rows == Decimal("48682.72")
    assert found["Day_&_hour(Day_Hour_2023.10.07-2026.05.24).csv"].read == 168


def test_olist_wins_by_origin_are_the_known_ones():
    (leads,) = read(export_file("crm/olist_marketing_qualified_leads.csv"))
    (deals,) = read(export_file("crm/olist_closed_deals.csv"))
    origin = dict(
        zip(leads.rows["lead_id"].to_pylist(), leads.rows["source"].to_pylist(), strict=True)
    )
    seen = Counter(origin.values())
    won = Counter(origin[deal] for deal in deals.rows["deal_id"].to_pylist())
    assert {source: (seen[source], won[source]) for source in seen} == {
        "organic_search": (2296, 271),
        "paid_search": (1586, 195),
        "social": (1350, 75),
        "unknown": (1099, 179),
        "direct_traffic": (499, 56),
        "email": (493, 15),
        "referral": (284, 24),
        "other": (150, 4),
        "display": (118, 6),
        "other_publicities": (65, 3),
        None: (60, 14),
    }


def test_maven_outcomes_are_the_known_ones():
    (deals,) = read(export_file("crm/maven_sales_pipeline.csv"))
    assert Counter(deals.rows["stage"].to_pylist()) == {
        "Won": 4238,
        "Lost": 2473,
        "Engaging": 1589,
        "Prospecting": 500,
    }
    assert Counter(deals.rows["won"].to_pylist()) == {True: 4238, False: 2473, None: 2089}
    extras = [json.loads(extra) for extra in deals.rows["extra"].to_pylist()]
    assert sum("account" not in extra for extra in extras) == 1425


def test_the_two_downloads_of_one_account_agree_on_the_campaign_they_share():
    (tabs,) = read(export_file("google_ads/campaign_report_gbp_utf16_tab.csv"))
    (commas,) = read(export_file("google_ads/campaign_report_gbp_utf8.csv"))
    shared = set(tabs.rows["row_key"].to_pylist()) & set(commas.rows["row_key"].to_pylist())
    assert len(shared) == 1


def test_eight_thousand_search_terms_are_read_within_a_second():
    path = export_file("google_ads/search_terms_gbp_eur_converted.csv")
    spent = []
    for _ in range(3):
        start = time.process_time()
        read(path)
        spent.append(time.process_time() - start)
    assert min(spent) < 1.0


def test_no_file_of_another_platform_is_taken_for_one_of_these():
    export_file("")
    ours = ("google_ads", "hubspot", "olist", "maven")
    others = [path for path in sorted(FOLDER.rglob("*")) if path.is_file()]
    others = [path for path in others if path.parent.name not in {"google_ads", "crm"}]
    formats = [export.format for path in others for export in read_or_none(path)]
    assert not [name for name in formats if name.startswith(ours)]


def read_or_none(path):
    try:
        return read(path)
    except BadInput:
        return ()
