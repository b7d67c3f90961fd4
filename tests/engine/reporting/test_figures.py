"""The four figures, reckoned by hand."""

from datetime import date, timedelta

import pytest

from engine.reporting.client.kpis import Daily, kpis
from engine.reporting.client.periods import period
from engine.reporting.client.targets import NOTHING
from engine.reporting.client.view import performance
from policies.money import MICROS
from tests.engine.reporting.made import NOW, TODAY, ask, material, move


def figures(made, choice="month", targets=NOTHING):
    return kpis(Daily(made), period(choice, TODAY), targets, 7)


def test_the_month_adds_media_actions_and_revenue_of_its_days_today_included():
    found = figures(
        material(
            spend=[
                (date(2026, 11, 1), "google_search", 300),
                (date(2026, 11, 1), "youtube", 100),
                (TODAY, "google_search", 50),
                (date(2026, 10, 31), "google_search", 999),
            ],
            actions=[(date(2026, 11, 2), 8), (TODAY, 1), (date(2026, 10, 31), 99)],
            won=[(date(2026, 11, 3), 2, 1_350), (date(2026, 10, 30), 9, 9_000)],
        )
    )
    spend, actions, cost, roas = found.figures
    assert spend.value == 450 * MICROS
    assert actions.value == 9
    assert cost.value == 50 * MICROS  # 450 / 9
    assert roas.value == 3.0  # 1,350 / 450
    assert found.now.cac_micros == 225 * MICROS  # 450 / 2


def test_changes_compare_whole_days_only():
    found = figures(
        material(
            spend=[
                (date(2026, 11, 5), "google_search", 120),
                (TODAY, "google_search", 1_000),
                (date(2026, 10, 12), "google_search", 100),
                (date(2026, 10, 13), "google_search", 5_000),
            ]
        )
    )
    assert found.figures[0].change == pytest.approx(0.2)


def test_a_change_that_chance_explains_is_neither_good_nor_bad():
    few = material(
        spend=[
            (date(2026, 11, 5), "google_search", 100),
            (date(2026, 10, 5), "google_search", 100),
        ],
        actions=[(date(2026, 11, 5), 6), (date(2026, 10, 5), 4)],
    )
    many = material(
        spend=[
            (date(2026, 11, 5), "google_search", 100),
            (date(2026, 10, 5), "google_search", 100),
        ],
        actions=[(date(2026, 11, 5), 60), (date(2026, 10, 5), 30)],
    )
    assert figures(few).figures[1].better is None
    assert figures(few).figures[2].better is None
    assert figures(many).figures[1].better is True
    assert figures(many).figures[2].better is True


def test_no_action_means_no_cost_per_action_not_zero():
    found = figures(material(spend=[(TODAY, "google_search", 10)]))
    assert found.figures[2].value is None
    assert found.figures[3].value == 0.0
    assert found.now.cac_micros is None


def test_the_first_of_a_month_compares_with_nothing():
    span = period("month", date(2026, 11, 1))
    assert (span.before_first, span.before_last, span.whole_days) == (None, None, 0)


def test_a_shorter_month_before_ends_with_its_last_day():
    span = period("month", date(2026, 3, 31))
    assert (span.before_first, span.before_last) == (date(2026, 2, 1), date(2026, 2, 28))


def test_thirty_days_compare_with_as_many_whole_days_before():
    span = period("30 days", TODAY)
    assert (span.first, span.today) == (date(2026, 10, 15), TODAY)
    assert (span.before_last - span.before_first).days + 1 == span.whole_days == 29
    assert span.before_last == span.first - timedelta(days=1)


def test_the_lead_says_on_course_by_the_price_of_a_customer():
    made = material(
        spend=[(date(2026, 11, 2), "google_search", 9_870)],
        actions=[(date(2026, 11, 2), 40)],
        won=[(date(2026, 11, 3), 24, 30_000)],
        targets={**NOTHING, "cac_micros": 450 * MICROS},
        asks=[ask()],
    )
    page = performance(made, NOW, "month")
    assert page.lead == (
        "November is on course: 40 consultations at £247 each; 24 won at £411 each, "
        "£39 under your £450 target."
    )
    assert page.waits == "One question is with your strategist; nothing is waiting for you."


def test_the_lead_says_over_target_and_that_everything_is_paused():
    made = material(
        spend=[(date(2026, 11, 2), "google_search", 1_000)],
        actions=[(date(2026, 11, 2), 4)],
        won=[(date(2026, 11, 3), 2, 3_000)],
        targets={**NOTHING, "cac_micros": 450 * MICROS},
    )
    made["about"]["paused"] = True
    page = performance(made, NOW, "30 days")
    assert page.lead.startswith("The last 30 days are over target:")
    assert "£50 over your £450 target" in page.lead
    assert page.waits.startswith("Everything is paused")


def test_nothing_known_is_an_empty_page():
    page = performance(material(), NOW, "month")
    assert page.empty
    assert page.lead == "November has no figures yet."


def test_pins_are_our_applied_moves_one_a_day_and_the_latest_six():
    days = [TODAY - timedelta(days=n) for n in range(8)]
    moves = [move(d, f"Moved on {d.day}.") for d in days]
    moves.append(move(TODAY, "Blocked.", verdict="blocked", state="proposed"))
    moves.append(move(TODAY, "Also.", ref="D-x"))
    pins = performance(material(moves=moves), NOW, "month").trend.pins
    assert [p.number for p in pins] == [1, 2, 3, 4, 5, 6]
    assert [p.day for p in pins] == sorted(days)[2:]
    assert pins[-1].text == "Moved on 13, and 1 smaller change that day."


def test_an_anomaly_stands_on_the_accounts_own_day():
    late = NOW.replace(day=12, hour=23, minute=30)  # 12 November 18:30 in New York, 23:30 in London
    made = material(asks=[ask(kind="spend_anomaly", opened_at=late)])
    assert [a.day for a in performance(made, NOW, "month").trend.anomalies] == [date(2026, 11, 12)]
    made["about"]["time_zone"] = "Asia/Tokyo"
    assert [a.day for a in performance(made, NOW, "month").trend.anomalies] == [TODAY]


def test_decisions_are_this_weeks_in_the_clients_words():
    moves = [
        move(TODAY, "Done one."),
        move(date(2026, 11, 9), "Stopped.", verdict="blocked", state="proposed"),
        move(date(2026, 11, 10), "Asked.", verdict="escalated", state="proposed"),
        move(date(2026, 11, 11), "Running.", state="shipping"),
        move(date(2026, 11, 8), "Last week."),
    ]
    rows = performance(material(moves=moves), NOW, "month").decided
    assert [(r.sentence, r.word) for r in rows] == [
        ("Done one.", "Done"),
        ("Running.", "Under way"),
        ("Asked.", "Asked a person"),
        ("Stopped.", "Stopped by a rule"),
    ]


def test_a_decision_whose_question_was_put_off_is_put_off():
    moves = [move(TODAY, "Raise it.", ref="D-7", verdict="escalated", state="proposed")]
    asks = [ask(status="deferred", decision="D-7", deferred_until=NOW + timedelta(days=3))]
    rows = performance(material(moves=moves, asks=asks), NOW, "month").decided
    assert [r.word for r in rows] == ["Put off"]


def test_what_waits_says_by_when_and_what_holds_until_then():
    asks = [
        ask("E-1", status="deferred", deferred_until=NOW + timedelta(days=3)),
        ask("E-2", due_at=NOW - timedelta(hours=1)),
        ask("E-3", status="approved"),
    ]
    rows = performance(material(asks=asks), NOW, "month").waiting
    assert [r.line for r in rows] == [
        "Priya Shah was due to decide by 08:40. Budgets stay.",
        "Put off to Mon 09:40. Budgets stay.",
    ]
