from datetime import timedelta

import pytest

from engine.creative.trial import trial
from engine.model import trials
from engine.model.trials import AdCount
from tests.engine.brainkit import TODAY, facts


def rows(variant: str, clicks: int, conversions: float, ago: int = 20) -> dict[str, object]:
    return {
        "day": TODAY - timedelta(days=ago),
        "level": "ad",
        "campaign": "search",
        "ad": variant,
        "impressions": clicks * 20,
        "clicks": clicks,
        "conversions": conversions,
    }


def test_a_clear_winner_is_named_with_its_figures() -> None:
    table = facts([rows("a", 1000, 100.0), rows("b", 1000, 50.0)])
    found = trial(["a", "b"], table, TODAY)
    assert (found.verdict, found.winner, found.losers) == ("winner", "a", ("b",))
    assert "conversions per click" in found.sentence


def test_like_ads_are_inconclusive_and_that_is_a_verdict() -> None:
    table = facts([rows("a", 1000, 52.0), rows("b", 1000, 50.0)])
    assert trial(["a", "b"], table, TODAY).verdict == "inconclusive"


def test_days_that_are_not_final_decide_nothing() -> None:
    table = facts([rows("a", 1000, 100.0, ago=7), rows("b", 1000, 50.0, ago=7)])
    assert trial(["a", "b"], table, TODAY).verdict == "inconclusive"


def test_few_conversions_are_judged_on_clicks_per_impression() -> None:
    found = trials.compare([AdCount("a", 10_000, 500, 2.0), AdCount("b", 10_000, 400, 3.0)])
    assert found.metric == "clicks per impression"
    assert trials.losers(found) == (1,)


def test_too_few_clicks_never_lose() -> None:
    found = trials.compare([AdCount("a", 4000, 200, 60.0), AdCount("b", 1980, 99, 0.0)])
    assert found.worse[1] > 0.95
    assert trials.losers(found) == ()


def test_the_chance_of_a_known_pair() -> None:
    # pooled 10 %: Beta(102, 918) and Beta(82, 938); normal approximation gives about 0.94
    found = trials.compare([AdCount("a", 0, 1000, 110.0), AdCount("b", 0, 1000, 90.0)])
    assert found.worse[1] == pytest.approx(0.93, abs=0.01)


def test_one_ad_alone_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two ads"):
        trial(["a"], facts([]), TODAY)
