"""The strategist's first page: what needs them, what happened, how each client stands."""

import pytest

from engine.store import creative, ledger, meta, policies
from tests.pages.conftest import enter, words
from tests.pages.small import NOW


def shown(at):
    return words(at).replace("\\", "")


def test_the_lead_says_what_needs_the_reader_and_by_when(place):
    told = shown(enter("priya"))
    assert "Four decisions need you, the first by 11:20; 2 things wait for your review." in told
    assert "1 h 40 min" in told
    assert "Raise the Google Search share past 60%?" in told


def test_a_question_opens_in_the_inbox_and_keeps_its_id_in_the_address(place):
    at = enter("priya")
    at.button(key="decide-E-103").click().run()
    assert not at.exception
    assert at.title[0].value == "Inbox"
    assert at.query_params["e"] == "E-103"
    assert "E-103" in shown(at)


def test_a_plan_that_waits_is_reviewed_on_its_own_page(place):
    at = enter("priya")
    assert "December plan · Alder & Finch" in shown(at)
    at.button(key="review-plan-P-northgate-dec").click().run()
    assert at.title[0].value == "Plan"


def test_a_concept_and_a_draft_of_somebody_else_wait_for_review(place):
    with place.read() as conn:
        body = policies.current(conn, "alder").body_json

    def more(conn):
        policies.save_draft(conn, "alder", body, "tom", NOW)
        creative.save_concept(
            conn,
            "northgate",
            concept="c1",
            channel="youtube",
            campaign="x",
            ad_group="",
            body_json="{}",
        )

    place.write(more)
    told = shown(enter("priya"))
    assert "Guardrails draft v2 · Alder & Finch" in told
    assert "Written by Tom Okafor" in told
    assert "1 concept · Northgate Advisory" in told


def test_what_happened_is_told_by_client_in_figures(place):
    kinds = [
        ("carried_out", "northgate-D000"),
        ("decision_blocked", "northgate-D002"),
        ("escalation_opened", "E-101"),
        ("escalation_opened", "E-102"),
    ]
    lines = [
        ledger.LedgerEntry(NOW, "platform", "worker", kind, ref, "Said.") for kind, ref in kinds
    ]
    place.write(lambda conn: ledger.append(conn, "northgate", lines))
    told = shown(enter("priya"))
    assert "Since Thu 09:40: 1 budget move, 2 questions, 1 stopped by a rule." in told
    assert (
        "**Northgate Advisory**  \n:small[1 budget move, 2 questions, 1 stopped by a rule]" in told
    )
    assert "Largest move: £1.00 a day from YouTube to Google Search at Northgate Advisory." in told


def test_after_a_quiet_night_it_says_that_nothing_happened(place):
    assert "Nothing was changed or asked since Thu 09:40" in shown(enter("priya"))


def test_sources_that_are_late_make_their_clients_data_doubtful(place):
    told = shown(enter("priya"))
    assert "3 of 4 fresh" in told
    assert "CRM, Alder & Finch" in told
    assert "Doubtful data" in told


def test_everything_paused_is_the_first_thing_said(place):
    place.write(lambda conn: meta.put(conn, "paused_all", "1"))
    assert "Everything is paused" in shown(enter("priya"))


def test_each_client_links_to_its_own_performance(place):
    at = enter("priya")
    at.button(key="open-northgate").click().run()
    assert at.title[0].value == "Performance"
    assert "£" in at.metric[0].value


def test_a_client_picked_on_an_earlier_page_does_not_win_over_the_one_clicked(place):
    at = enter("priya", "pages/strategist/ledger.py", client="Northgate Advisory")
    at.switch_page("pages/strategist/home.py").run()
    at.button(key="open-alder").click().run()
    assert at.segmented_control(key="client").value == "alder"
    assert at.metric[0].value.startswith("$")


def test_a_strategist_of_one_client_sees_nothing_of_another(place):
    place.write(
        lambda conn: conn.exec_driver_sql(
            "delete from rights where person='priya' and client_id='alder'"
        )
    )
    told = shown(enter("priya"))
    assert "Northgate" in told
    assert "Alder" not in told


@pytest.mark.parametrize("person", ["nora", "maya", "sam"])
def test_it_is_no_page_of_anybody_else(place, person):
    with pytest.raises(ValueError, match="page"):
        enter(person, "pages/strategist/home.py")
