"""The ledger's screen: narrowed through the address, a line opened on demand, a way to what it speaks of."""

import pytest

from engine.reporting.ledger import pages
from engine.store import ledger
from tests.pages.conftest import enter, words
from tests.pages.small import NOW


def lines(person="priya", client="Northgate Advisory", **query):
    return enter(person, "pages/strategist/ledger.py", client=client, **query)


def shown(at):
    return words(at).replace("\\", "")


def opened(store):
    """A line that tells of a question, and one that tells of a plan."""
    rows = [("escalation_opened", "E-101"), ("plan_waiting", "P-northgate-dec")]
    store.write(
        lambda conn: ledger.append(
            conn,
            "northgate",
            [
                ledger.LedgerEntry(NOW, "platform", "worker", kind, ref, "Said.")
                for kind, ref in rows
            ],
        )
    )


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"find": "northgate-D003"}, 1),
        ({"find": "Tom Okafor"}, 1),
        ({"kind": "Policy"}, 1),
        ({"who": "People"}, 1),
        ({"who": "The platform"}, 24),
        ({"period": "Today"}, 2),
        ({"period": "7 days", "who": "The platform"}, 7),
    ],
)
def test_every_filter_is_taken_from_the_address(place, query, number):
    at = lines(**query)
    assert not at.exception
    assert f"{number} line" in shown(at)


def test_search_finds_nothing_and_says_how_to_widen_it(place):
    at = enter("nora", "pages/client/decisions.py")
    at.text_input(key="find").set_value("Tom Okafor").run()
    assert "1 line" in words(at)
    at.text_input(key="find").set_value("no such thing").run()
    assert "Nothing matches" in words(at)


def test_pages_follow_each_other_and_a_new_filter_begins_at_the_first(place, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 10)
    at = enter("priya")
    at.switch_page("pages/strategist/ledger.py")
    at.query_params["client"], at.query_params["page"] = "Northgate Advisory", "3"
    at.run()
    assert "no. 5" in shown(at)
    assert "no. 25" not in shown(at)
    at.text_input(key="find").set_value("YouTube").run()
    assert "no. 24" in shown(at)


def test_a_line_opens_with_the_act_the_rule_and_the_receipt(place):
    at = lines(find="northgate-D003")
    seq = next(b.key for b in at.button if b.key and b.key.startswith("line-"))
    at.button(key=seq).click().run()
    assert not at.exception
    told = shown(at)
    assert "proposed by channel mix" in told
    assert "Policy v1 · escalated" in told
    assert "The rule:** Search takes at most 60%." in told
    assert "£434" in told  # 430 and the 4 it would have moved
    assert "Seal" in told
    at.button(key=seq).click().run()
    assert "Seal" not in shown(at)


def test_a_line_of_a_question_leads_to_its_card(place):
    opened(place)
    at = lines(line="26")
    at.button(key="go-26").click().run()
    assert at.title[0].value == "Inbox"
    assert at.query_params["e"] == "E-101"


def test_a_line_of_a_plan_leads_to_the_plan(place):
    opened(place)
    at = lines(line="27")
    at.button(key="go-27").click().run()
    assert not at.error
    assert at.title[0].value == "Plan"
    assert at.segmented_control(key="client").value == "northgate"


def test_a_card_of_the_inbox_leads_to_its_lines(place):
    opened(place)
    at = enter("priya", "pages/strategist/inbox.py", e="E-101")
    at.button(key="lines-E-101").click().run()
    assert at.title[0].value == "Ledger"
    assert at.query_params["find"] == "E-101"
    assert "1 line" in shown(at)


def test_the_admin_has_no_way_into_an_inbox_that_is_not_theirs(place):
    opened(place)
    at = lines("sam", line="26")
    assert not at.exception
    assert not any(b.key == "go-26" for b in at.button)


def test_a_client_reads_the_lines_and_opens_none(place):
    at = enter("nora", "pages/client/decisions.py", line="3")
    assert not any(b.key and b.key.startswith("line-") for b in at.button)
    assert "Seal" not in shown(at)
