from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.creative import variants
from engine.model.concepts import Concept
from engine.model.copy import text_hash, variant_key
from policies.actions import AdText
from policies.formats import DEMAND_GEN, FORMATS, RSA, faults, width

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
line = st.text("abc 漢é", min_size=0, max_size=50)
concepts = st.builds(
    Concept,
    concept=st.just("clear"),
    channel=st.sampled_from(["google_search", "youtube"]),
    campaign=st.just("search"),
    ad_group=st.just("main"),
    headlines=st.lists(line, max_size=8).map(tuple),
    descriptions=st.lists(line, max_size=5).map(tuple),
    fixed_headlines=st.lists(line, max_size=2).map(tuple),
    fixed_descriptions=st.lists(line, max_size=2).map(tuple),
    path=st.lists(line, max_size=2).map(tuple),
    final_url=st.just("https://acme.example/"),
    business_name=st.sampled_from(["", "Acme", "A name that is far too long for it"]),
    approved_by=st.just("priya"),
    approved_at=st.just(AT),
)


def concept(**more: object) -> Concept:
    fields: dict[str, object] = {
        "concept": "clear",
        "channel": "google_search",
        "campaign": "search",
        "ad_group": "main",
        "headlines": tuple(f"Clear answer {n}" for n in range(6)),
        "descriptions": ("Plain words, fixed price.", "Ask us first.", "Book today."),
        "fixed_descriptions": ("Regulated by the board.",),
        "path": ("advice",),
        "final_url": "https://acme.example/",
        "approved_by": "priya",
        "approved_at": AT,
    }
    return Concept(**{**fields, **more})  # type: ignore[arg-type]  # fields of one test


@settings(deadline=None)
@given(concepts, st.integers(0, 6), st.integers(0, 5))
def test_every_variant_is_within_its_format_and_made_of_its_blocks(made_of, count, seed) -> None:
    ads = variants.make(made_of, (), count, seed)
    assert len(ads) <= count
    assert len({a.variant for a in ads}) == len(ads)
    for ad in ads:
        assert faults(ad.text, FORMATS[made_of.channel]) == ()
        assert set(ad.text.headlines) <= {*made_of.headlines, *made_of.fixed_headlines}
        assert set(made_of.fixed_headlines) <= set(ad.text.headlines)
        assert set(made_of.fixed_descriptions) <= set(ad.text.descriptions)
        assert ad.variant == variant_key("clear", ad.text)


def test_an_approved_concept_gives_as_many_as_asked_and_the_same_for_the_same_seed() -> None:
    ads = variants.make(concept(), (), 6, seed=3)
    assert len(ads) == 6
    assert ads == variants.make(concept(), (), 6, seed=3)
    assert ads != variants.make(concept(), (), 6, seed=4)


def test_a_text_that_was_used_is_never_made_again() -> None:
    first = variants.make(concept(), (), 6, seed=3)
    used = {text_hash(ad.text) for ad in first}
    again = variants.make(concept(), used, 6, seed=3)
    assert len(again) == 6
    assert not used & {text_hash(ad.text) for ad in again}


def test_without_an_approval_nothing_is_made() -> None:
    assert variants.make(concept(approved_by=None), (), 6, seed=1) == ()
    assert variants.make(concept(approved_at=None), (), 6, seed=1) == ()


def test_a_channel_without_a_format_gives_nothing() -> None:
    assert variants.make(concept(channel="linkedin"), (), 6, seed=1) == ()


def test_exhausted_blocks_give_fewer() -> None:
    few = concept(headlines=("A", "B", "C"), descriptions=("One",), fixed_headlines=())
    assert len(variants.make(few, (), 10, seed=1)) <= 6  # the orders of three headlines


def test_a_shipment_names_the_concept_it_comes_from() -> None:
    ads = variants.make(concept(), (), 2, seed=3)
    found = variants.shipments(ads, concept(), client="acme", currency="GBP", account="acc")
    assert [a.ad for a in found] == list(ads)
    assert all(a.ad.concept in a.reason for a in found)


def test_a_double_width_character_counts_twice() -> None:
    assert width("漢字ab") == 6
    wide = AdText(
        headlines=("漢" * 16, "Two", "Three"),
        descriptions=("One.", "Two."),
        final_url="https://acme.example/",
    )
    assert any("32 characters; 30" in fault for fault in faults(wide, RSA))


def test_demand_gen_needs_a_business_name_and_takes_no_path() -> None:
    text = AdText(
        headlines=("One",), descriptions=("Two",), path=("x",), final_url="https://acme.example/"
    )
    found = faults(text, DEMAND_GEN)
    assert any("business name" in f for f in found)
    assert any("paths are needed" in f for f in found)
