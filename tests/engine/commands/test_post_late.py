"""Messages when something changed on the way: people who leave, deadlines that passed, a missing key."""

import socket
from datetime import UTC, time, timedelta

from engine.commands import escalations, gone, people, pings, post, tending
from engine.commands.house import House
from engine.commands.tending import Place
from engine.model.people import Scope
from engine.platforms import files
from engine.platforms.messages import ApprisePost
from engine.store import escalations as table
from engine.store.escalations import Escalation
from engine.wire.vault import Vault
from tests.engine.commands.conftest import NOW, Standing, nowhere, read_bytes
from tests.engine.commands.test_post import CLIENT, passes

HOUR = timedelta(hours=1)


def version(house, ref):
    with house.store.read() as conn:
        return table.get(conn, CLIENT, ref).version


def asked_now(house, ref):
    with house.store.read() as conn:
        return table.get(conn, CLIENT, ref).asked


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
        sla_hours=float(hours),
        clock_from=NOW,
    )
    return house.store.write(lambda conn: table.open_or_add(conn, asked))[0]


def titles(got):
    return [g["title"].removeprefix("Northgate Advisory: ") for g in got]


def target(house, who, person, address):
    pings.add_target(house, who(person), NOW, label="Hook", address=address)


def give(house, who, ref, to, now, by="tom"):
    place = Place(CLIENT, ref, version(house, ref))
    tending.reassign(house, who(by), now, place, to=to, reason="Yours.")


def shut(house, person, now=NOW):
    people.shut_out(house, Scope.operator(), now, person=person, wall=now)


def test_a_late_question_given_to_somebody_reaches_them_once(sending, who, box):
    address, got, _ = box
    target(sending, who, "priya", address)
    ref = question(sending, owner="tom", backup="tom", hours=1)
    passes(sending, NOW + 2 * HOUR)
    give(sending, who, ref, "priya", NOW + 3 * HOUR)
    for hours in range(3, 9):
        passes(sending, NOW + hours * HOUR)
    assert titles(got) == ["Raise the Google Search cap"]


def test_a_late_question_put_off_is_told_when_it_is_back(sending, who, box):
    address, got, _ = box
    target(sending, who, "tom", address)
    ref = question(sending, hours=1)
    passes(sending, NOW + 2 * HOUR)
    got.clear()
    escalations.defer(
        sending,
        who("tom"),
        NOW + 2 * HOUR,
        client=CLIENT,
        escalation_id=ref,
        version=version(sending, ref),
        until=NOW + 24 * HOUR,
        reason="Tomorrow.",
    )
    for hours in (3, 25, 25):
        passes(sending, NOW + hours * HOUR)
    assert titles(got) == ["back as put off: Raise the Google Search cap"]


def test_a_question_given_away_and_back_is_told_again(sending, who, box):
    address, got, _ = box
    target(sending, who, "priya", address)
    ref = question(sending)
    passes(sending)
    give(sending, who, ref, "tom", NOW, by="priya")
    passes(sending, NOW + HOUR)
    give(sending, who, ref, "priya", NOW + HOUR)
    for hours in (2, 3):
        passes(sending, NOW + hours * HOUR)
    assert titles(got) == ["Raise the Google Search cap"] * 2


def test_a_question_given_away_before_it_was_sent_is_not_sent_to_the_former_person(
    sending, who, box
):
    address, got, _ = box
    target(sending, who, "priya", address)
    pings.choose(sending, who("priya"), NOW, quiet=(time(0), time(12)), choices={})
    ref = question(sending)
    passes(sending)
    give(sending, who, ref, "tom", NOW)
    passes(sending, NOW + 5 * HOUR)
    assert got == []


def test_once_its_owner_is_shut_out_the_backup_is_asked_and_told(sending, who, box):
    address, got, _ = box
    target(sending, who, "tom", address)
    ref = question(sending)
    shut(sending, "priya")
    passes(sending)
    passes(sending, NOW + HOUR)
    assert asked_now(sending, ref) == "tom"
    assert titles(got) == ["Raise the Google Search cap"]


def test_with_owner_and_backup_gone_a_senior_person_or_else_an_admin_is_told(sending, who, box):
    address, got, _ = box
    target(sending, who, "sam", address)
    question(sending, owner="gone", backup="left")
    shut(sending, "priya")
    shut(sending, "tom")
    for hours in (0, 1, 9, 10):
        passes(sending, NOW + hours * HOUR)
    assert titles(got) == ["Raise the Google Search cap"] * 2  # the question, then its deadline


def test_nothing_is_sent_to_somebody_shut_out_while_it_waited(sending, who, box):
    address, got, _ = box
    target(sending, who, "priya", address)
    pings.choose(sending, who("priya"), NOW, quiet=(time(0), time(12)), choices={})
    question(sending)
    passes(sending)
    shut(sending, "priya")
    passes(sending, NOW + 5 * HOUR)
    assert got == []


def test_without_the_key_messages_wait_and_the_operator_is_told(house, who, tmp_path, box):
    address, got, _ = box

    def keyed(key):
        opened = lambda: (ApprisePost(local_only=True), Vault(tmp_path / "s.vault", key))  # noqa: E731
        return House(
            house.store,
            Standing(),
            None,
            read_bytes,
            nowhere,
            files.known_formats,
            open_post=opened,
            public_url="http://localhost",
        )

    whole, without = keyed(b"k" * 32), keyed(b"")
    target(whole, who, "priya", address)
    question(whole)
    passes(without)
    (said,) = post.locked(without)
    assert said.startswith("Messages to people wait.")
    assert "CC_KEY" in said
    assert post.locked(whole) == []
    passes(whole, NOW + 30 * HOUR)
    assert "Raise the Google Search cap" in titles(got)[0]


def test_an_address_kept_under_another_key_holds_up_no_other_and_repeats_none(
    sending, who, box, tmp_path
):
    address, got, _ = box
    target(sending, who, "priya", address)
    target(sending, who, "priya", address)
    names = sending.secrets.names()
    Vault(tmp_path / "s.vault", b"o" * 32).put(names[0], address)
    question(sending)
    passes(sending)
    passes(sending, NOW + HOUR)
    assert len(got) == 1
    Vault(tmp_path / "s.vault", b"k" * 32).put(names[0], address)
    passes(sending, NOW + 2 * HOUR)
    passes(sending, NOW + 3 * HOUR)
    assert len(got) == 2


def test_a_second_try_waits_for_the_end_of_quiet_hours(sending, who, box):
    address, got, refuse = box
    target(sending, who, "priya", address)
    quiet = ((NOW + HOUR).astimezone(UTC).time(), (NOW + 6 * HOUR).astimezone(UTC).time())
    pings.choose(sending, who("priya"), NOW, quiet=quiet, choices={})
    question(sending, hours=30)
    refuse.set()
    passes(sending)
    refuse.clear()
    passes(sending, NOW + 2 * HOUR)
    assert got == []
    passes(sending, NOW + 7 * HOUR)
    assert len(got) == 1


def test_small_things_of_which_one_target_has_some_still_reach_the_other(sending, who, box):
    address, got, _ = box
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"json://127.0.0.1:{closed.getsockname()[1]}/"
    target(sending, who, "priya", address)
    target(sending, who, "priya", dead)
    for cause, at in (("a", NOW), ("b", NOW + 24 * HOUR)):
        ref = question(sending, cause)
        escalations.reject(
            sending,
            who("tom"),
            at,
            client=CLIENT,
            escalation_id=ref,
            version=1,
            reason=f"Not {cause}.",
        )
        for hours in (0, 23, 24):
            passes(sending, at + hours * HOUR)
    passes(sending, NOW + 48 * HOUR)
    said = " ".join(g["message"] for g in got)
    assert "Not a." in said
    assert "Not b." in said


def test_the_operator_is_told_whom_a_policy_still_asks_in_vain(sending, v1):
    assert gone.gone(sending) == []
    shut(sending, "priya")
    (said,) = gone.gone(sending)
    assert "Northgate" in said
    assert "Priya" in said
