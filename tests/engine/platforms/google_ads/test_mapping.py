"""Names carry whose a thing is, and nobody else's name passes for ours."""

from hypothesis import given
from hypothesis import strategies as st

from engine.platforms.google_ads.mapping import channel_of, key_of, platform_name

KEYS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,4}", fullmatch=True)


@given(name=st.text(max_size=60), key=KEYS, client=KEYS)
def test_a_key_put_into_a_name_is_found_again(name, key, client):
    assert key_of(platform_name(name, key, client), client) == key


@given(key=KEYS, client=KEYS, other=KEYS)
def test_a_name_of_another_client_is_not_ours(key, client, other):
    if client != other:
        assert key_of(platform_name("Core", key, client), other) is None


def test_a_mark_copied_onto_another_key_is_not_believed():
    ours = platform_name("Core services", "search-core", "northgate")
    assert key_of(ours.replace("search-core", "search-edge"), "northgate") is None


def test_a_name_somebody_changed_at_its_end_is_no_longer_ours():
    assert key_of(platform_name("Core", "search-core", "northgate") + " (old)", "northgate") is None


def test_a_campaign_without_any_mark_is_not_ours():
    assert key_of("Search | Core services", "northgate") is None


def test_types_we_never_create_keep_a_channel_of_their_own():
    assert channel_of("SEARCH") == "google_search"
    assert channel_of("DEMAND_GEN") == "youtube"
    assert channel_of("PERFORMANCE_MAX") == "google_performance_max"
