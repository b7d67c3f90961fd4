"""Messages to people: told once, when they want it, wherever it was cut off."""

from datetime import timedelta

import pytest

from engine.commands import clocks, escalations, pings, post
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput, Fault, UnknownOutcome
from engine.model.people import Scope
from engine.platforms.messages import ApprisePost
from engine.reporting import post as you
from engine.store import escalations as table
from engine.store import post as outbox
from engine.store.escalations import Escalation
from tests.engine.commands.conftest import NOW, Standing, nowhere, read_bytes
from tests.receiver import receiver

CLIENT = "northgate"


def question(house, cause="bound:x", owner="priya", backup="tom", hours=8):
    asked = Escalation(
        client=CLIENT,
        cause=cause,
        kind="bound",
        title="Raise the Google Search cap",
        what="Search met its cap.",
        owner=owner,
        backup=backup,
        opened_at=NOW,
        due_at=NOW + timedelta(hours=hours),
        safe_state="Budgets stay as they are.",
    )
    return house.store.write(lambda conn: table.open_or_add(conn, asked))[0]


def passes(house, now=NOW):
    clocks.run_out(house, CLIENT, now)
    post.queue_messages(house, CLIENT, now)
    post.deliver(house, CLIENT, now)


def test_a_question_is_told_once_to_its_owner_with_a_link(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    ref = question(sending)
    for _ in range(3):
        passes(sending)
    (one,) = got
    assert one["title"] == "Northgate Advisory: Raise the Google Search cap"
    assert f"http://localhost:8501/go/{ref}" in one["message"]
    assert "Silence approves nothing" in one["message"]
    told = you.mine(sending.store, who("priya"), NOW).recent
    assert [t.state for t in told if t.ref == ref] == ["sent"]


def test_a_passed_deadline_is_told_to_the_backup(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("tom"), NOW, label="Hook", address=address)
    question(sending, hours=2)
    passes(sending)
    assert got == []
    passes(sending, NOW + timedelta(hours=3))
    passes(sending, NOW + timedelta(hours=4))
    assert [g["title"] for g in got] == [
        "Northgate Advisory: the deadline passed: Raise the Google Search cap"
    ]


def test_what_is_not_taken_is_tried_again_and_arrives_once(sending, who, box):
    address, got, refuse = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    question(sending)
    refuse.set()
    passes(sending)
    passes(sending)  # too early for a second try
    refuse.clear()
    passes(sending, NOW + timedelta(seconds=59))
    assert got == []
    passes(sending, NOW + timedelta(minutes=2))
    passes(sending, NOW + timedelta(minutes=30))
    assert len(got) == 1


def test_after_the_last_try_it_is_given_up_and_the_operator_is_told(sending, who, box):
    address, got, refuse = box
    refuse.set()
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    question(sending, hours=200)
    at = NOW
    for _ in range(6):
        passes(sending, at)
        at += timedelta(hours=13)
    assert got == []
    (said,) = [s for s in post.undelivered(sending, at - timedelta(hours=13)) if "Priya" in s]
    assert "could not be delivered" in said
    states = {t.state for t in you.mine(sending.store, who("priya"), at).recent}
    assert "could not be delivered" in states


def test_a_send_that_a_crash_cut_off_is_never_made_again(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    question(sending, hours=200)
    post.queue_messages(sending, CLIENT, NOW)

    class Dies(ApprisePost):
        def send(self, address, title, body):
            super().send(address, title, body)
            raise KeyboardInterrupt  # the process ends after the service took it

    vault = sending.secrets
    dying = House(
        sending.store,
        Standing(),
        None,
        read_bytes,
        nowhere,
        open_post=lambda: (Dies(local_only=True), vault),
    )
    with pytest.raises(KeyboardInterrupt):
        post.deliver(dying, CLIENT, NOW)
    passes(sending, NOW + timedelta(hours=1))
    passes(sending, NOW + timedelta(days=1))
    assert len([g for g in got if "cap" in g["title"]]) == 1
    told = you.mine(sending.store, who("priya"), NOW).recent
    assert "may have arrived" in {t.state for t in told}


def test_two_targets_both_get_it_and_one_that_fails_does_not_repeat_the_other(sending, who, box):
    address, got, _ = box
    with receiver() as (other, more, refuse):
        refuse.set()
        for label, place in (("One", address), ("Two", other)):
            pings.add_target(sending, who("priya"), NOW, label=label, address=place)
        question(sending)
        passes(sending)
        refuse.clear()
        passes(sending, NOW + timedelta(minutes=5))
        passes(sending, NOW + timedelta(hours=5))
    assert (len(got), len(more)) == (1, 1)


def test_quiet_hours_hold_a_message_back(sending, who, box):
    address, got, _ = box
    scope = who("priya")
    pings.add_target(sending, scope, NOW, label="Hook", address=address)
    hours = (NOW.time().replace(tzinfo=None), (NOW + timedelta(hours=2)).time())
    pings.choose(sending, scope, NOW, quiet=hours, choices={})
    question(sending)
    passes(sending, NOW + timedelta(hours=1))
    assert got == []
    passes(sending, NOW + timedelta(hours=2))
    assert len(got) == 1


def test_what_was_decided_before_it_was_sent_is_not_sent(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    ref = question(sending)
    post.queue_messages(sending, CLIENT, NOW)
    escalations.reject(
        sending, who("tom"), NOW, client=CLIENT, escalation_id=ref, version=1, reason="No."
    )
    post.deliver(sending, CLIENT, NOW)
    assert got == []


def test_what_another_decided_comes_in_the_digest_as_one_message(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    for cause in ("a", "b"):
        ref = question(sending, cause)
        escalations.reject(
            sending, who("tom"), NOW, client=CLIENT, escalation_id=ref, version=1, reason="No."
        )
    passes(sending)
    assert got == []
    passes(sending, NOW + timedelta(days=1))
    (one,) = got
    assert one["title"] == "2 things from Command Centre"
    assert one["message"].count("Tom Okafor decided") >= 2 or one["message"].count("decided:") >= 2


def test_somebody_without_a_target_is_told_nothing_and_it_says_so(sending, who):
    question(sending)
    passes(sending)
    states = [t.state for t in you.mine(sending.store, who("priya"), NOW).recent]
    assert states == ["no target"]


def test_somebody_who_is_not_of_the_client_is_told_nothing(sending):
    question(sending, owner="gone", backup="nora", hours=0)
    passes(sending)
    with sending.store.read() as conn:
        told = [outbox.recent(conn, Scope.operator(), p, 9) for p in ("gone", "nora")]
    assert told == [[], []]


def test_addresses_stand_nowhere_in_the_store(sending, who, box, tmp_path):
    address, _, _ = box
    secret = address.replace("json://", "json://user:hunter22@")
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=secret)
    question(sending)
    passes(sending)
    for file in tmp_path.iterdir():
        if file.is_file():
            assert b"hunter22" not in file.read_bytes()


def test_a_removed_target_is_forgotten_with_its_address(sending, who, box):
    address, got, _ = box
    target = pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    pings.send_test(sending, who("priya"), NOW, target=target)
    assert len(got) == 1
    with pytest.raises(BadInput):
        pings.remove_target(sending, who("tom"), NOW, target=target)
    pings.remove_target(sending, who("priya"), NOW, target=target)
    assert sending.secrets.names() == []
    for act in (pings.remove_target, pings.send_test):
        with pytest.raises(BadInput):
            act(sending, who("priya"), NOW, target=target)


def test_targets_are_few_named_and_lead_somewhere(sending, who, box):
    address, _, _ = box
    for label, place in (("", address), ("L" * 61, address), ("Hook", "https://example.com/")):
        with pytest.raises(BadInput):
            pings.add_target(sending, who("priya"), NOW, label=label, address=place)
    for n in range(pings.MOST):
        pings.add_target(sending, who("priya"), NOW, label=f"Hook {n}", address=address)
    with pytest.raises(BadInput, match="enough"):
        pings.add_target(sending, who("priya"), NOW, label="More", address=address)


@pytest.mark.parametrize(
    "choices",
    [{"question": "later"}, {"weather": "now"}, {"question": "off", "deadline": "off"}],
)
def test_a_choice_there_is_not_is_refused(sending, who, choices):
    with pytest.raises(BadInput):
        pings.choose(sending, who("priya"), NOW, quiet=None, choices=choices)


def test_a_client_chooses_nothing(sending, who):
    with pytest.raises(AskPerson):
        pings.choose(sending, who("nora"), NOW, quiet=None, choices={})


def test_a_house_without_a_way_to_send_says_so(house, who, box):
    with pytest.raises(Fault):
        pings.add_target(house, who("priya"), NOW, label="Hook", address=box[0])


def test_a_send_nobody_knows_the_end_of_is_never_made_again(sending, who, box):
    address, got, _ = box
    pings.add_target(sending, who("priya"), NOW, label="Hook", address=address)
    question(sending, hours=200)
    post.queue_messages(sending, CLIENT, NOW)

    class Slow(ApprisePost):
        def send(self, address, title, body):
            super().send(address, title, body)
            raise UnknownOutcome("The service did not answer; the message may have arrived.")

    vault = sending.secrets
    slow = House(
        sending.store,
        Standing(),
        None,
        read_bytes,
        nowhere,
        open_post=lambda: (Slow(local_only=True), vault),
    )
    post.deliver(slow, CLIENT, NOW)
    passes(sending, NOW + timedelta(hours=1))
    assert len([g for g in got if "cap" in g["title"]]) == 1
    assert "may have arrived" in {
        t.state for t in you.mine(sending.store, who("priya"), NOW).recent
    }
