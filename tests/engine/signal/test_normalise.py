from datetime import timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from engine.model import exports
from engine.model.outcomes import DEALS
from engine.signal import normalise
from tests.engine.brainkit import NOW, TODAY, deals, snapshot

NAMES = {"autumn search": "search", "cc-00000000": "search", "42": "video", "search": "search"}
CHANNELS = {"search": "google_search", "video": "youtube"}

rows = st.lists(
    st.fixed_dictionaries(
        {
            "deal_id": st.sampled_from(["a", "b", "c"]),
            "campaign": st.sampled_from(["Autumn  Search", "x cc-00000000 y", "42", "?", ""]),
            "channel": st.sampled_from(["", "youtube", "carrier pigeon"]),
            "won": st.sampled_from([None, True, False]),
            "closed_on": st.just(TODAY),
            "amount_micros": st.integers(0, 10**12),
            "currency": st.sampled_from(["GBP", "USD", ""]),
            "modified_at": st.integers(0, 5).map(lambda h: NOW + timedelta(hours=h)),
        }
    ),
    max_size=8,
)


@given(rows)
def test_normalising_twice_is_normalising_once(given_rows: list[dict[str, object]]) -> None:
    once = normalise.deals(deals(given_rows), "GBP", NAMES, CHANNELS)
    assert normalise.deals(once, "GBP", NAMES, CHANNELS).equals(once)
    assert once.schema.equals(DEALS)
    assert len(set(once["deal_id"].to_pylist())) == once.num_rows


def test_a_crm_file_is_read_as_deals_with_campaign_and_channel() -> None:
    row = dict.fromkeys(exports.DEALS.names)
    row |= {"deal_id": "7", "created_on": TODAY, "campaign": "AUTUMN search", "currency": None}
    row |= {"amount_micros": 5, "closed_on": TODAY}
    table = pa.Table.from_pylist([row], schema=exports.DEALS)
    (found,) = normalise.deals(table, "GBP", NAMES, CHANNELS).to_pylist()
    assert found["campaign"] == "search"
    assert found["channel"] == "google_search"
    assert found["currency"] == "GBP"
    assert found["closed_on"] is None  # not known to be won or lost: open
    assert found["modified_at"].date() == TODAY


def test_the_latest_row_of_a_deal_wins_whatever_its_place() -> None:
    late, early = NOW + timedelta(hours=1), NOW
    for order in ([late, early], [early, late]):
        given_rows = [{"deal_id": "a", "modified_at": at, "amount_micros": at.hour} for at in order]
        (found,) = normalise.deals(deals(given_rows), "GBP", NAMES, CHANNELS).to_pylist()
        assert found["amount_micros"] == late.hour


def test_money_in_another_currency_is_not_added_to_ours() -> None:
    (found,) = normalise.deals(
        deals([{"currency": "USD", "amount_micros": 9}]), "GBP", NAMES, CHANNELS
    ).to_pylist()
    assert (found["currency"], found["amount_micros"]) == ("USD", 0)


def test_names_come_from_our_campaigns_only() -> None:
    names = normalise.names_of([snapshot({"a": True})])
    assert names["search cc-00000000"] == names["cc-00000000"] == names["1"] == "search"
    assert normalise.channels_of([snapshot({})]) == {"search": "google_search"}
