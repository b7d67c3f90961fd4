from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.world import World
from engine.optimisation.agents import pause_losers
from tests import strategies
from tests.engine.brainkit import TODAY, desired, facts, snapshot, world


def tried(ads: dict[str, tuple[int, float]], **more: object) -> World:
    rows = [
        {
            "day": TODAY - timedelta(days=20),
            "level": "ad",
            "campaign": "search",
            "ad": variant,
            "impressions": clicks * 20,
            "clicks": clicks,
            "conversions": conversions,
        }
        for variant, (clicks, conversions) in ads.items()
    ]
    whole: dict[str, object] = {
        "ad_facts": facts(rows),
        "snapshots": (snapshot(dict.fromkeys(ads, True)),),
        "desired": {"search": desired("search", 400, tuple(ads))},
    }
    return world(**{**whole, **more})


def test_the_loser_is_paused_with_its_chance_and_counts() -> None:
    (action,) = pause_losers.propose(tried({"a": (1000, 100.0), "b": (1000, 50.0)}))
    assert action.variant == "b"
    figures = {e.name: e.value for e in action.evidence}
    assert figures["Chance of being worse"] > 0.99
    assert (figures["Own clicks"], figures["Own conversions"]) == (1000, 50.0)


def test_like_ads_both_stay() -> None:
    assert pause_losers.propose(tried({"a": (1000, 52.0), "b": (1000, 50.0)})) == []


def test_the_policy_counts_the_pauses_of_the_day() -> None:
    ads = {"a": (2000, 300.0), "b": (1000, 20.0), "c": (1000, 40.0)}
    rules = strategies.with_rule("pausing", max_per_day=1)
    (action,) = pause_losers.propose(tried(ads, policy=rules))
    assert action.variant == "b"
    state = tried(ads, policy=rules, standing={"paused_today": ("x",)})
    assert pause_losers.propose(state) == []


def test_ads_that_are_not_ours_or_not_wanted_are_left_alone() -> None:
    ads = {"a": (1000, 100.0), "b": (1000, 50.0)}
    state = tried(ads, desired={"search": desired("search", 400, ("a",))})
    assert pause_losers.propose(state) == []


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.tuples(st.integers(0, 3000), st.integers(0, 300), st.booleans()),
        min_size=1,
    )
)
def test_an_ad_group_is_never_emptied(ads: dict[str, tuple[int, int, bool]]) -> None:
    counts = {v: (clicks, float(conversions)) for v, (clicks, conversions, _) in ads.items()}
    running = {v: on for v, (_, _, on) in ads.items()}
    paused = {
        a.variant for a in pause_losers.propose(tried(counts, snapshots=(snapshot(running),)))
    }
    enabled = {v for v, on in running.items() if on}
    assert paused <= enabled
    assert not enabled or enabled - paused
