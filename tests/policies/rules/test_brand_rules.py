"""Tone, claims, regulated categories and pictures: each limit blocks or asks, and quotes what it found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policies.actions import AdSpec
from policies.case import Case
from policies.claiming import claims
from policies.gate import judge
from policies.readability import grade, syllables
from policies.records import AssetOnRecord, EvidenceOnRecord, contrast_hundredths
from policies.rules.regulated import CategoryWord
from policies.verdict import Allowed, Blocked, Escalated
from tests.strategies import NOW, ad, policy, shift, ship, standing, with_rule

HASH = "a" * 64
EVERY = ("percentage", "multiple", "ranking", "best", "comparative", "price_from", "proven")


def said(rule: str, *headlines: str, world=None, channel="google_search", spec=None, **bounds):
    judged = getattr(with_rule(rule, **bounds).guardrails, rule)
    action = ship(spec or ad(*headlines), channel)
    return list(judged.judge(Case(action, world or standing(), policy().targets)))


def sentence(*found) -> str:
    return " ".join(r.sentence for r in found)


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("FREE advice for all owners", '"FREE"'),
        ("PLAIN FACTS FOR OWNERS", "At most 45%"),
        ("Plain facts!", "No exclamation mark stands in a headline"),
        ("Deals deals deals here", '"deals" 3 times'),
        ("P-l-a-i-n facts", '"P-l-a-i-n"'),
        ("Plain facts?? Yes", '"??"'),
        ("Plain {keyword} facts", '"{keyword}"'),
        ("Plain facts 🔥", '"🔥"'),
        ("Call 0800 123 4567 now", '"0800 123 4567"'),
        ("Ring +44 20 7946 0958", '"+44 20 7946 0958"'),
        ("The best and greatest facts", "At most 1 superlative"),
        ("The b3st and gr8test amazing perfect", "At most 1 superlative"),
    ],
)
def test_a_passed_limit_of_tone_blocks_and_is_quoted(line, quoted):
    found = said("tone", line)
    assert {r.outcome for r in found} == {"block"}
    assert quoted in sentence(*found)
    assert all(r.facts["line"] and r.facts["variant"] == "v1" for r in found)


@pytest.mark.parametrize(
    "line",
    [
        "Plain Facts For UK Owners",
        "B2B and ERP made plain",
        "Open 2026-12-31, 9 to 5",
        "From 1,000,000 to 2,500,000 rows",
        "Ends 31/12/2026",
        "Made in the U.S.A.",
        "Ask us: it's the best part...",
        "Very, very plain",
    ],
)
def test_ordinary_copy_keeps_the_tone(line):
    assert said("tone", line) == []


def test_person_is_a_switch_each():
    assert '"We"' in sentence(*said("tone", "We give you facts", first_person=False))
    assert '"you"' in sentence(*said("tone", "We give you facts", second_person=False))
    assert said("tone", "Save US tax", first_person=False) == []


def test_the_reading_grade_is_that_of_flesch_and_kincaid():
    lines = ["The cat sat on the mat.", "The dog ran to the old barn."]
    assert grade(lines) == pytest.approx(0.39 * 13 / 2 + 11.8 * 13 / 13 - 15.59)
    assert grade(["Too short"]) is None
    assert [syllables(w) for w in ("cat", "table", "made", "consultation", "free")] == [
        1,
        2,
        1,
        4,
        1,
    ]
    hard = "Organisational transformation necessitates comprehensive interdepartmental collaboration methodologies"
    assert "at grade 14 at most" in sentence(*said("tone", hard, hard.lower()))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Cut costs by 30%", "percentage"),
        ("Cut costs by 30 per cent", "percentage"),
        ("Cut costs by ３０％", "percentage"),
        ("5x more leads", "multiple"),
        ("Halve your bill", "multiple"),
        ("The No. 1 CRM", "ranking"),
        ("#1 for owners", "ranking"),
        ("Award-winning advice", "ranking"),
        ("The market-leading tool", "ranking"),
        ("The best rates in the UK", "best"),
        ("World's fastest setup", "best"),
        ("Cheaper than a bank", "comparative"),
        ("Better than any other", "comparative"),
        ("From £49 a month", "price_from"),
        ("Save up to £500", "price_from"),
        ("Clinically proven", "proven"),
        ("9 out of 10 owners agree", "proven"),
    ],
)
def test_a_claim_without_evidence_is_blocked_with_its_rule(line, kind):
    assert kind in {c.kind for c in claims(line, EVERY)}
    found = said("claims", line)
    assert {r.outcome for r in found} == {"block"}
    assert "UK CAP" in sentence(*found)
    assert line in sentence(*found)
    assert said("claims", line, sorts=(), phrases=()) == []


@pytest.mark.parametrize(
    "line", ["Plain facts", "Our best yet", "Room 30", "Talk to owners", "Open 9 to 5"]
)
def test_puffery_and_plain_figures_are_no_claim(line):
    assert said("claims", line) == []


def evidence(claim: str, **more) -> EvidenceOnRecord:
    return EvidenceOnRecord(**{"file": HASH, "claim": claim, "since": date(2026, 1, 1), **more})


def test_evidence_covers_its_claim_in_its_words_and_its_time_only():
    line = "Cut costs by 30% this year"
    for record, covered in (
        (evidence("cut costs by 30%"), True),
        (evidence("Cut COSTS by 30 %"), True),
        (evidence("30%"), True),
        (evidence("cut costs"), False),
        (evidence("cut costs by 40%"), False),
        (evidence("cut costs by 30%", until=date(2026, 11, 9)), True),
        (evidence("cut costs by 30%", until=date(2026, 11, 8)), False),
        (evidence("cut costs by 30%", since=date(2026, 11, 10)), False),
    ):
        world = standing(evidence=(record,))
        assert (said("claims", line, world=world) == []) is covered, record


def test_with_nothing_on_record_the_gate_blocks_a_claim_and_with_evidence_it_lets_it_through():
    action = ship(ad("Cut costs by 30%"))
    assert isinstance(judge(action, policy(), standing()), Blocked)
    assert isinstance(
        judge(action, policy(), standing(evidence=(evidence("cut costs by 30%"),))), Allowed
    )


def test_in_a_regulated_category_a_person_reads_every_ad_whatever_the_money_rules_say():
    bound = with_rule("regulated", categories=("health",))
    assert isinstance(judge(ship(ad()), bound, standing()), Escalated)
    assert bound.guardrails.regulated.family == "review"
    moved = Case(shift(1), standing(), policy().targets)
    assert list(bound.guardrails.regulated.judge(moved)) == []


def test_a_listed_word_puts_one_ad_before_a_person():
    words = (CategoryWord(category="finance", phrase="loan", source="Meta"),)
    found = said("regulated", "Ask about l0ans", words=words)
    assert [r.outcome for r in found] == ["escalate"]
    assert "category finance (Meta)" in sentence(*found)
    with pytest.raises(ValidationError, match="at least one letter"):
        CategoryWord(category="finance", phrase="--", source="x")


@pytest.mark.parametrize(
    "line",
    ["Are you bankrupt?", "Your pregnant friend", "Other disabled owners", "Are you over 60"],
)
def test_what_tells_a_reader_what_they_are_is_blocked(line):
    found = said("regulated", line)
    assert [r.outcome for r in found] == ["block"]
    assert [r.outcome for r in said("regulated", line, on_attribute="escalate")] == ["escalate"]


@pytest.mark.parametrize(
    "line", ["Your business", "Advice for you", "Help with debt", "Pregnant pause"]
)
def test_you_alone_tells_a_reader_nothing(line):
    assert said("regulated", line) == []


def asset(**more) -> AssetOnRecord:
    base = {"file": HASH, "kind": "image", "width": 1200, "height": 1200, "size_bytes": 100_000}
    return AssetOnRecord(**{**base, **more})


def pictured() -> AdSpec:
    return ad().model_copy(update={"assets": (HASH,)})


@pytest.mark.parametrize(
    ("found", "quoted"),
    [
        (None, "is not in the client's library"),
        (asset(until=date(2026, 11, 8)), "is out of date"),
        (asset(kind="logo", width=100, height=100), "128 are needed"),
        (asset(kind="logo", width=400, height=400), "leaves 0% of clear space"),
        (asset(text="#777777", ground="#ffffff"), "contrast of 4.47:1; 4.5:1 is needed"),
        (asset(size_bytes=9_000_000), "weighs 9,000,000 bytes"),
        (asset(width=1200, height=900), "takes 1.91:1 from 600 x 314"),
        (asset(width=200, height=200), "is 200 x 200"),
    ],
)
def test_a_picture_outside_the_library_or_a_limit_is_blocked(found, quoted):
    world = standing(assets=(found,) if found else ())
    reasons = said("assets", world=world, spec=pictured())
    assert {r.outcome for r in reasons} == {"block"}
    assert quoted in sentence(*reasons)


def test_a_sound_picture_passes_and_an_unknown_channel_takes_none():
    world = standing(assets=(asset(text="#000000", ground="#ffffff"),))
    assert said("assets", world=world, spec=pictured()) == []
    assert "not written down" in sentence(
        *said("assets", world=world, spec=pictured(), channel="radio")
    )


def test_contrast_is_that_of_wcag():
    assert contrast_hundredths("#000000", "#ffffff") == 2100
    assert contrast_hundredths("#ffffff", "#ffffff") == 100
    assert (
        contrast_hundredths("#777777", "#ffffff")
        == contrast_hundredths("#ffffff", "#777777")
        == 447
    )


def test_an_ad_without_pictures_is_written_as_it_always_was():
    assert "assets" not in ad().model_dump(mode="json")
    assert AdSpec.model_validate(ad().model_dump()) == ad()
    assert AdSpec.model_validate(pictured().model_dump()) == pictured()
    assert ship(ad()).fingerprint != ship(pictured()).fingerprint


@given(st.text(max_size=120))
def test_any_copy_at_all_gets_an_answer_from_every_brand_rule(line):
    rails = policy().guardrails
    case = Case(ship(ad(line)), standing(), policy().targets)
    for rule in (rails.tone, rails.claims, rails.regulated, rails.assets):
        for reason in rule.judge(case):
            assert reason.outcome in ("block", "escalate")
            assert rule.describe().endswith(".")


@pytest.mark.parametrize(
    "text",
    ["A" * 50_000, "1 " * 25_000, "(1" * 25_000, "{a" * 25_000, "best " * 10_000, "a-" * 25_000],
)
def test_a_long_paste_gets_its_verdict(text):
    assert isinstance(
        judge(ship(ad(text)), policy(), standing(now=NOW)), Blocked | Escalated | Allowed
    )


@pytest.mark.parametrize(
    "piece", ["cut 30% ", "FREE! ", "guaranteed ", "a loan ", "are you bankrupt "]
)
def test_a_long_paste_is_not_quoted_whole_again_and_again(piece):
    verdict = judge(ship(ad(piece * 5_000)), policy(), standing())
    assert isinstance(verdict, Blocked)
    assert sum(len(r.sentence) + sum(map(len, r.facts.values())) for r in verdict.reasons) < 60_000
