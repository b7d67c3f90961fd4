"""What an ad may not say and must say, however it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policies.case import Case
from policies.rules.forbidden_words import ForbiddenPhrase, ForbiddenWords
from policies.rules.mandatory_inclusions import Inclusion, MandatoryInclusions
from policies.words import Line
from tests.strategies import ad, launch, policy, shift, ship, standing


def reasons(rule, action):
    found = list(rule.judge(Case(action, standing(), policy().targets)))
    assert {r.outcome for r in found} <= {"block"}
    return found


def forbids(*phrases: str) -> ForbiddenWords:
    return ForbiddenWords(phrases=tuple(ForbiddenPhrase(phrase=p, reason="why") for p in phrases))


@pytest.mark.parametrize(
    "line",
    [
        "Guaranteed results",
        "results GUARANTEED!",
        "g u a r a n t e e d",
        "G.U.A.R.A.N.T.E.E.D.",
        "guar\u200banteed",
        "guar\u00adanteed",
        "ｇｕａｒａｎｔｅｅｄ",
        "guarаnteed",
        "guarántéed",
        "guarant33d",
        "gu@r@nteed",
        "guaran-\nteed",
        "guaranteed2day",
        "𝗴𝘂𝗮𝗿𝗮𝗻𝘁𝗲𝗲𝗱",
    ],
)
def test_a_forbidden_word_is_found_however_it_is_dressed(line) -> None:
    (reason,) = reasons(forbids("guaranteed"), ship(ad(line)))
    assert reason.sentence == f'"guaranteed" must not appear (why); variant v1 says "{line}".'


@pytest.mark.parametrize("line", ["No. 1 in town", "the no.1", "No 1", "NO1", "No\u00a01"])
def test_a_phrase_with_a_figure_is_found_across_spacing(line) -> None:
    assert reasons(forbids("No. 1"), ship(ad(line)))


@pytest.mark.parametrize("line", ["No. 10 Downing", "nob 1", "Unguaranteed", "casino 1"])
def test_a_word_inside_another_is_no_hit(line) -> None:
    assert reasons(forbids("No. 1", "guaranteed"), ship(ad(line))) == []


def test_signs_that_carry_meaning_stay_part_of_a_phrase() -> None:
    assert reasons(forbids("#1"), ship(ad("1 call is enough"))) == []
    assert reasons(forbids("#1"), ship(ad("The # 1 choice")))
    assert reasons(forbids("100% safe"), ship(ad("100 % safe!")))


def test_descriptions_paths_and_launched_ads_are_read_too() -> None:
    assert reasons(forbids("risk-free"), ship(ad("Fine", descriptions=("Risk free trial",))))
    assert reasons(forbids("plain facts"), launch())
    assert reasons(forbids("plain facts"), shift(1)) == []


@given(st.text(max_size=40), st.text(max_size=10))
def test_reading_copy_never_fails_and_finds_a_word_after_any_padding(text, pad) -> None:
    Line(text).has("guaranteed")
    spaced = " ".join(pad.split())
    assert Line(f"{spaced} guaranteed {spaced}").has("guaranteed")


def test_a_phrase_without_letters_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least one letter"):
        ForbiddenPhrase(phrase="--", reason="why")
    with pytest.raises(ValidationError, match="at least one letter"):
        Inclusion(any_of=("!",), where="anywhere", channels="all")


def must(where="description", channels="all") -> MandatoryInclusions:
    one = Inclusion(any_of=("Regulated by", "free consultation"), where=where, channels=channels)
    return MandatoryInclusions(inclusions=(one,))


def test_a_missing_inclusion_blocks_and_is_quoted() -> None:
    (reason,) = reasons(must(), ship(ad("Free consultation", descriptions=("Call us",))))
    assert reason.sentence == (
        'Every ad must say "Regulated by" or "free consultation" (description);'
        " variant v1 does not."
    )
    assert reasons(must("anywhere"), ship(ad("Free consultation", descriptions=("Call",)))) == []
    assert reasons(must(), ship(ad("Call", descriptions=("REGULATED BY the FCA",)))) == []
    assert reasons(must("headline"), ship(ad("Call")))


def test_an_inclusion_binds_only_its_channels() -> None:
    bare = ship(ad("Call", descriptions=("Call us",)))
    assert reasons(must(channels=("youtube",)), bare) == []
    assert reasons(must(channels=("google_search",)), bare)


def test_an_inclusion_that_holds_on_no_channel_is_refused():
    with pytest.raises(ValidationError, match="name at least one channel"):
        Inclusion(any_of=("Capital at risk",), where="headline", channels=())
