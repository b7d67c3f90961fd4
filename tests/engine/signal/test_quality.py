from datetime import UTC, date, datetime, timedelta

import pytest

from engine.model.errors import AskPerson, GiveUp, TryLater
from engine.model.outcomes import Pull, SourceState
from engine.signal import quality
from engine.signal.windows import window
from tests.engine.brainkit import UNIT, facts

NOW = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 11), date(2026, 11, 9)


def pull(cost: int, as_of: datetime = NOW) -> Pull:
    rows = [
        {"day": FIRST + timedelta(days=n), "campaign": "s", "cost_micros": cost * UNIT}
        for n in range(30)
    ]
    return Pull("google_ads", facts(rows), FIRST, LAST, as_of)


def test_the_first_pull_reads_120_days_and_later_ones_30_today_included() -> None:
    assert window(LAST, first_pull=True) == (date(2026, 7, 13), LAST)
    assert window(LAST, first_pull=False) == (date(2026, 10, 11), LAST)


def test_a_pull_of_this_morning_is_fresh() -> None:
    assert quality.judge(pull(100), None, NOW).state == "fresh"


def test_a_source_older_than_26_hours_is_late_and_says_how_old() -> None:
    state = quality.judge(pull(100, NOW - timedelta(hours=27)), None, NOW)
    assert state.state == "late"
    assert "27 hours" in state.sentence


def test_settled_days_restated_by_a_third_make_the_source_late() -> None:
    state = quality.judge(pull(131), pull(100).table, NOW)
    assert state.state == "late"
    assert "2200.00 to 2882.00" in state.sentence  # 22 settled days


def test_settled_days_restated_by_a_little_stay_fresh() -> None:
    assert quality.judge(pull(129), pull(100).table, NOW).state == "fresh"


def test_young_days_may_move_as_they_like() -> None:
    rows = pull(100).table.to_pylist()
    for row in rows[-7:]:
        row["cost_micros"] *= 50
    restated = Pull("google_ads", facts(rows), FIRST, LAST, NOW)
    assert quality.judge(restated, pull(100).table, NOW).state == "fresh"


@pytest.mark.parametrize(
    ("fault", "state"),
    [(TryLater("Busy."), "late"), (GiveUp("No."), "failed"), (AskPerson("Sign in."), "failed")],
)
def test_a_fault_becomes_a_state_with_its_own_sentence(fault: Exception, state: str) -> None:
    found = quality.unavailable("google_ads", fault)
    assert found.state == state
    assert str(fault) in found.sentence


def test_a_state_that_was_fresh_grows_late_and_a_failed_one_stays_failed() -> None:
    fresh = SourceState("crm", NOW, "fresh", "ok")
    assert quality.aged(fresh, NOW + timedelta(hours=26)).state == "fresh"
    assert quality.aged(fresh, NOW + timedelta(hours=26, minutes=1)).state == "late"
    assert quality.aged(SourceState("crm", None, "fresh", "ok"), NOW).state == "late"
    failed = SourceState("crm", NOW, "failed", "no")
    assert quality.aged(failed, NOW + timedelta(days=9)) is failed
