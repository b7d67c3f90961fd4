"""What is previewed is what is kept, once, by whoever may; and taken back whole."""

import io
import threading
import zipfile

import pytest
from sqlalchemy import func, select

from engine.commands import files
from engine.model.errors import AskPerson, BadInput
from engine.model.exports import NO_ANSWERS, Answers
from engine.model.people import Scope
from engine.reporting.sources.told import told
from engine.store import clients, file_rows, imports, tables
from tests import uploads
from tests.engine.commands.conftest import NOW
from tests.engine.store.values import a_client

C = "northgate"


def look(house, scope, data=uploads.META, name="meta.csv", answers=NO_ANSWERS):
    return files.preview(house, scope, NOW, C, name, data, answers)


def keep(house, scope, shown, data=uploads.META, **more):
    return files.keep(
        house, scope, NOW, C, shown.file, data, shown.answers, fingerprint=shown.fingerprint, **more
    )


def rows(house):
    with house.store.read() as conn:
        return conn.execute(select(func.count()).select_from(tables.file_rows_performance)).scalar()


def made(house):
    with house.store.read() as conn:
        return imports.imports(conn, C)


def test_a_preview_tells_rows_by_their_fate_and_keeps_nothing(house, who):
    shown = look(house, who("maya"))
    (member,) = shown.members
    assert (member.judged.new, member.judged.changed, member.judged.already) == (4, 0, 0)
    assert (member.format, member.source, member.currency) == ("meta_ads", "meta_ads", "USD")
    assert (rows(house), made(house)) == (0, [])


def test_a_preview_tells_what_stored_figures_become(house, who):
    keep(house, who("maya"), look(house, who("maya")))
    (member,) = look(house, who("maya"), uploads.RESTATED).members
    judged = member.judged
    assert (judged.new, judged.changed, judged.already, judged.spans) == (1, 1, 1, 1)
    moved = {m.figure: (m.currency, m.before, m.after) for m in judged.moved}
    assert moved == {
        "cost_micros": ("USD", 13_750_000, 14_950_000),
        "clicks": (None, 22, 23),
    }
    (span,) = judged.by_span
    assert (span.first, span.last, span.rows, span.moved) == (
        *(span.first, span.first, 1),
        judged.moved,
    )
    assert span.first.isoformat() == "2026-11-02"


def test_keeping_brings_exactly_what_was_shown(house, who):
    shown = look(house, who("maya"))
    (import_id,) = keep(house, who("maya"), shown)
    (found,) = made(house)
    assert (found.import_id, found.kept, found.by) == (import_id, 4, "maya")
    assert found.sha256 == shown.sha256


def test_a_second_click_keeps_nothing_and_says_under_which_id_it_is(house, who):
    shown = look(house, who("maya"))
    (import_id,) = keep(house, who("maya"), shown)
    with pytest.raises(AskPerson, match=f"already, as {import_id}"):
        keep(house, who("maya"), shown)
    assert (rows(house), len(made(house))) == (4, 1)


@pytest.mark.parametrize("other", [uploads.RESTATED, b"\n" + uploads.META])
def test_other_bytes_than_those_shown_are_refused(house, who, other):
    shown = look(house, who("maya"))
    with pytest.raises((AskPerson, BadInput)):
        keep(house, who("maya"), shown, other)
    assert rows(house) == 0


def test_another_answer_than_the_one_shown_is_refused(house, who):
    shown = look(house, who("maya"), uploads.NO_CURRENCY, answers=Answers("USD"))
    with pytest.raises(AskPerson, match="changed since you looked"):
        files.keep(
            *(house, who("maya"), NOW, C, shown.file, uploads.NO_CURRENCY, Answers("GBP")),
            fingerprint=shown.fingerprint,
        )


def test_the_name_and_what_stands_before_decimals_belong_to_what_was_shown(house, who):
    shown = look(house, who("maya"))
    others = (("other.csv", NO_ANSWERS), (shown.file, Answers(point=",")))
    for name, answers in others:
        with pytest.raises(AskPerson, match="nothing was kept"):
            files.keep(
                *(house, who("maya"), NOW, C, name, uploads.META, answers),
                fingerprint=shown.fingerprint,
            )
    assert rows(house) == 0


def test_two_parts_with_the_same_content_are_previewed_as_they_are_kept(house, who):
    data = uploads.zipped(a=uploads.META, b=uploads.META)
    shown = look(house, who("maya"), data, "all.zip")
    assert [(m.judged.new, m.judged.already) for m in shown.members] == [(4, 0), (0, 4)]
    keep(house, who("maya"), shown, data)
    assert sorted((i.kept, i.already) for i in made(house)) == [(0, 4), (4, 0)]


def test_a_preview_of_one_client_keeps_nothing_for_another(house, who):
    house.store.write(lambda conn: clients.add_client(conn, a_client("alder", "Alder")))
    shown = look(house, who("maya"))
    there = ("alder", shown.file, uploads.META, shown.answers)
    with pytest.raises(AskPerson, match="not one of yours"):
        files.keep(house, who("maya"), NOW, *there, fingerprint=shown.fingerprint)
    with pytest.raises(AskPerson, match="changed since you looked"):
        files.keep(house, Scope.operator(), NOW, *there, fingerprint=shown.fingerprint)
    assert rows(house) == 0


def test_what_came_in_between_is_noticed_and_shown_anew(house, who):
    shown = look(house, who("maya"), uploads.RESTATED, "b.csv")
    assert files.current(house, who("maya"), NOW, C, shown)
    keep(house, who("priya"), look(house, who("priya")))
    assert not files.current(house, who("maya"), NOW, C, shown)
    with pytest.raises(AskPerson, match="changed since you looked"):
        keep(house, who("maya"), shown, uploads.RESTATED)
    anew = look(house, who("maya"), uploads.RESTATED, "b.csv")
    assert anew.members[0].judged.changed == 1
    keep(house, who("maya"), anew, uploads.RESTATED)


def test_files_of_another_source_do_not_disturb_a_preview(house, who):
    shown = look(house, who("maya"))
    keep(house, who("priya"), look(house, who("priya"), uploads.REPORT, "g.csv"), uploads.REPORT)
    assert files.current(house, who("maya"), NOW, C, shown)


def test_two_people_keeping_the_same_file_at_once_keep_it_once(house, who):
    people = [who("maya"), who("priya"), who("tom"), who("sam")]
    shown = [look(house, scope) for scope in people]
    gate, done, said = threading.Barrier(len(people)), [], []

    def click(scope, preview):
        gate.wait()
        try:
            done.append(keep(house, scope, preview))
        except AskPerson as no:
            said.append(str(no))

    clicks = [threading.Thread(target=click, args=pair) for pair in zip(people, shown, strict=True)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (len(done), len(said)) == (1, 3)
    assert all("nothing was kept" in no for no in said)
    assert (rows(house), len(made(house))) == (4, 1)


def test_a_question_is_answered_or_left_open_knowingly_before_anything_is_kept(house, who):
    shown = look(house, who("maya"), uploads.NO_CURRENCY)
    assert shown.asks == ("currency",)
    with pytest.raises(BadInput, match="answer first"):
        keep(house, who("maya"), shown, uploads.NO_CURRENCY)
    assert rows(house) == 0
    keep(house, who("maya"), shown, uploads.NO_CURRENCY, leave_open=True)
    assert rows(house) == 1


def test_money_left_open_stays_without_a_currency_over_an_answered_file_as_previewed(house, who):
    answered = look(house, who("maya"), uploads.NO_CURRENCY, "a.csv", Answers("GBP"))
    keep(house, who("maya"), answered, uploads.NO_CURRENCY)
    data = uploads.NO_CURRENCY.replace(b"12.50", b"14.50")
    shown = look(house, who("maya"), data, "b.csv")
    (cost,) = shown.members[0].judged.moved
    assert (cost.currency, cost.before, cost.currency_after, cost.after) == (
        *("GBP", 12_500_000),
        *(None, 14_500_000),
    )
    keep(house, who("maya"), shown, data, leave_open=True)
    with house.store.read() as conn:
        found = file_rows.in_force(C, "meta_ads", "performance")
        assert conn.execute(select(found.c.cost_micros, found.c.currency)).all() == [
            (14_500_000, None)
        ]


def test_another_currency_over_the_same_figures_is_told_as_money_that_moves(house, who):
    answered = look(house, who("maya"), uploads.NO_CURRENCY, answers=Answers("GBP"))
    keep(house, who("maya"), answered, uploads.NO_CURRENCY)
    shown = look(house, who("maya"), uploads.NO_CURRENCY, answers=Answers("USD"))
    (member,) = shown.members
    assert member.judged.changed == 1
    assert told(member).change == "1 day of Meta Ads: spend £12.50 → $12.50."


def test_dates_that_can_be_two_are_asked_and_read_again_with_the_answer(house, who):
    shown = look(house, who("maya"), uploads.AMBIGUOUS)
    assert shown.asks == ("day_order",)
    assert "03/04/2026" in shown.reason
    answered = look(house, who("maya"), uploads.AMBIGUOUS, answers=Answers("USD", "mdy"))
    assert answered.members[0].period[0].isoformat() == "2026-03-04"


BAD = {
    "an empty file": (b"", "empty"),
    "a PDF renamed": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "25 MB": (b"a,b\n" * (25 * 256 * 1024), "limit"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    "no known format": (b"a,b\n1,2\n", "not known"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_a_preview_with_its_reason(house, who, what):
    data, said = BAD[what]
    shown = look(house, who("maya"), data)
    assert said in shown.reason
    assert shown.members == ()
    with pytest.raises(BadInput):
        keep(house, who("maya"), shown, data)
    assert made(house) == []


def test_a_zip_bomb_is_refused_by_what_it_would_unpack_to(house, who):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(5):
            archive.writestr(f"{n}.csv", bytes(50 * 1024 * 1024))
    assert "unpacks to" in look(house, who("maya"), packed.getvalue(), "bomb.zip").reason


def test_a_zip_is_previewed_and_kept_part_by_part_each_over_the_one_before(house, who):
    data = uploads.zipped(a=uploads.META, b=uploads.RESTATED, c=uploads.REPORT)
    shown = look(house, who("maya"), data, "all.zip")
    would = [(m.judged.new, m.judged.changed, m.judged.already) for m in shown.members]
    assert would == [(4, 0, 0), (1, 1, 1), (2, 0, 0)]
    assert rows(house) == 0
    made_of = keep(house, who("maya"), shown, data)
    assert len(made_of) == 3
    assert [i.kept for i in reversed(made(house))] == [4, 2, 2]


def test_an_undo_by_somebody_else_brings_back_what_was_and_the_file_may_come_again(house, who):
    keep(house, who("maya"), look(house, who("maya")))
    restated = look(house, who("maya"), uploads.RESTATED, "b.csv")
    (second,) = keep(house, who("maya"), restated, uploads.RESTATED)
    assert files.undo(house, who("sam"), NOW, C, second) == 3
    again = look(house, who("maya"), uploads.RESTATED, "b.csv")
    assert again.members[0].judged == restated.members[0].judged
    assert again.members[0].repeats is None
    keep(house, who("maya"), again, uploads.RESTATED)
    with pytest.raises(AskPerson, match="undone already"):
        files.undo(house, who("maya"), NOW, C, second)


def test_two_people_undoing_one_import_at_once_undo_it_once(house, who):
    (import_id,) = keep(house, who("maya"), look(house, who("maya")))
    gate, went, said = threading.Barrier(2), [], []

    def click(scope):
        gate.wait()
        try:
            went.append(files.undo(house, scope, NOW, C, import_id))
        except AskPerson as no:
            said.append(str(no))

    clicks = [threading.Thread(target=click, args=[who(p)]) for p in ("maya", "priya")]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (went, len(said), rows(house)) == ([4], 1, 0)
