"""What campaigns sell is read from their concepts, with the very ads that were made of each."""

from engine.store import creative, offers
from tests.engine import brainkit as kit


def put(store, concept, campaign, offer):
    body = "{}" if offer is None else f'{{"offer": "{offer}"}}'
    place = {"concept": concept, "campaign": campaign, "channel": "youtube", "ad_group": "main"}
    store.write(lambda conn: creative.save_concept(conn, "northgate", **place, body_json=body))


def test_each_concept_is_told_with_its_offer_and_its_ads(store):
    put(store, "plain", "search", "sale")
    put(store, "bold", "search", None)
    put(store, "plain", "other", "shop")
    known = {"search": kit.desired("search", 10, ("a", "b"))}
    with store.read() as conn:
        found = offers.selling(conn, "northgate", known)
        assert offers.selling(conn, "alder", known) == ()
    told = {(s.campaign, s.concept): (s.offer, s.variants) for s in found}
    assert told["search", "bold"] == ("", ())
    # a concept saved again moves to its new campaign: one key, one place
    assert told["other", "plain"] == ("shop", ())


def test_the_offers_of_a_campaign_leave_out_what_names_none(store):
    put(store, "plain", "search", "sale")
    put(store, "bold", "search", "shop")
    put(store, "mute", "video", None)
    with store.read() as conn:
        assert offers.of_campaigns(conn, "northgate") == {"search": ("shop", "sale")}
        [plain] = [s for s in offers.selling(conn, "northgate", {}) if s.concept == "plain"]
    assert plain.variants == ()
