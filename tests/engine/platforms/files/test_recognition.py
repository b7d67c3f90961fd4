import pytest

from bench.exports import shapes
from engine.model.errors import BadInput
from engine.platforms.files import known_formats, read_bytes, reading
from engine.platforms.files.formats import readers
from engine.platforms.files.sheet import candidates


def test_every_module_among_the_formats_is_a_reader():
    found = readers()
    assert {reader.NAME for reader in found} >= {
        "google_ads_report",
        "google_ads_overview",
        "hubspot_deals",
        "olist",
        "maven",
    }
    for reader in found:
        assert reader.DESCRIPTION
        assert callable(reader.matches)
        assert callable(reader.read)


def test_what_may_be_uploaded_is_told_with_a_description_each():
    found = known_formats()
    assert len(dict(found)) == len(found) == len(readers())
    assert dict(found)["hubspot_deals"] == "HubSpot deals exports"
    assert all(description for _, description in found)


@pytest.mark.parametrize("name", shapes.ALL)
def test_exactly_one_reader_claims_each_shape(name):
    sheets = candidates(name, shapes.ALL[name].encode())
    claims = [reader.NAME for sheet in sheets for reader in readers() if reader.matches(sheet)]
    assert len(claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Campaign,Likes,Shares\nBrand,1,2\n",
        "Day,Sessions\n0000,5\n",
        "Day,Impressions\n2026-05-01,5\n",
        "<html><body>Sign in</body></html>",
    ],
)
def test_other_exports_are_refused_with_what_was_seen_and_what_is_known(text):
    with pytest.raises(BadInput) as caught:
        read_bytes("other.csv", text.encode())
    sentence = str(caught.value)
    assert sentence.startswith("other.csv: The format is not known. Line 1 reads: ")
    assert text.split(",")[0].strip() in sentence
    assert "HubSpot deals exports" in sentence


def test_a_file_that_two_readers_claim_is_refused(monkeypatch):
    twice = (*readers(), *readers())
    monkeypatch.setattr(reading, "readers", lambda: twice)
    with pytest.raises(BadInput, match="looks like hubspot_deals and hubspot_deals"):
        read_bytes("hubspot.csv", shapes.HUBSPOT.encode())


@pytest.mark.parametrize("name", ["daily.csv", "hubspot.csv", "olist_leads.csv"])
def test_a_file_with_a_header_and_no_rows_is_read_as_empty(name):
    header = shapes.ALL[name].splitlines()[: 3 if name == "daily.csv" else 1]
    (found,) = read_bytes(name, ("\n".join(header) + "\n").encode())
    assert (found.read, found.rows.num_rows) == (0, 0)


def test_a_file_cut_in_its_last_figure_is_noted():
    (found,) = read_bytes("leads.csv", shapes.OLIST_LEADS.encode()[:-1])
    assert [note for note in found.notes if "cut short" in note]
    (whole,) = read_bytes("leads.csv", shapes.OLIST_LEADS.encode())
    assert whole.notes == ()
