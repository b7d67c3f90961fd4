"""The people page: what it shows, what its buttons do, and what they refuse."""

from engine.store import people
from tests.pages.conftest import enter, words

PAGE = "pages/admin/people.py"


def opened(person):
    """The page as sam sees it, with somebody picked."""
    at = enter("sam", PAGE)
    return at.selectbox(key="person").set_value(person).run()


def button(at, label):
    return next(b for b in at.button if b.label == label)


def rights(place, person):
    with place.read() as conn:
        return {r.client: (r.role, r.senior) for r in people.rights(conn, person)}


def test_the_matrix_shows_everybody_and_what_they_are_for_each_client(place):
    shown = words(enter("sam", PAGE))
    assert "6 active people" in shown
    for told in ("Nora Bell", "Senior strategist", "Northgate Advisory", "Demo"):
        assert told in shown
    assert "wait for a second" not in shown


def test_a_change_of_rights_is_saved_and_told(place):
    at = opened("maya")
    at.selectbox(key="role maya northgate").set_value("strategist")
    at.checkbox(key="senior maya northgate").set_value(True)
    button(at, "Save rights").click().run()
    assert "Maya Lind's rights are saved" in words(at)
    assert rights(place, "maya") == {"northgate": ("strategist", True), "alder": ("team", False)}


def test_a_right_that_makes_no_sense_is_refused_and_nothing_changes(place):
    before = rights(place, "maya")
    at = opened("maya")
    at.checkbox(key="senior maya northgate").set_value(True)
    button(at, "Save rights").click().run()
    assert "A team cannot be senior" in words(at)
    assert rights(place, "maya") == before


def test_ones_own_rights_cannot_be_changed_here(place):
    at = opened("sam")
    assert "another admin changes them" in words(at)
    assert not [b for b in at.button if b.label in {"Save rights", "Shut out"}]


def test_who_is_shut_out_is_out_of_the_demo_too_until_let_in_again(place):
    at = opened("tom")
    button(at, "Shut out").click().run()
    shown = words(at)
    assert "Tom Okafor is shut out" in shown
    assert "one senior person, Priya Shah" in shown
    assert "Choose who you are" in words(enter("tom"))
    button(at, "Let in again").click().run()
    assert "Choose who you are" not in words(enter("tom"))


def test_somebody_new_is_added_with_their_rights(place):
    at = enter("sam", PAGE)
    at.text_input(key="add name").set_value("Ana Ruiz")
    at.text_input(key="add email").set_value("Ana@Example.com")
    at.selectbox(key="role add alder").set_value("team")
    button(at, "Add").click().run()
    assert "Ana Ruiz is added" in words(at)
    assert rights(place, "ana") == {"alder": ("team", False)}
    with place.read() as conn:
        assert people.person(conn, "ana").email == "ana@example.com"


def test_what_was_typed_stays_when_it_is_refused(place):
    at = enter("sam", PAGE)
    at.text_input(key="add name").set_value("Ana Ruiz")
    button(at, "Add").click().run()
    assert "Give a role for at least one client" in words(at)
    assert at.text_input(key="add name").value == "Ana Ruiz"


def test_a_name_is_shown_letter_by_letter(place):
    place.write(lambda conn: people.change(conn, "maya", name="*Maya* <b>"))
    assert "\\*Maya\\* \\<b\\>" in words(enter("sam", PAGE))


def test_an_admin_of_one_client_sees_and_changes_only_that_one(place):
    place.write(lambda conn: people.withdraw(conn, "sam", "alder"))
    at = opened("tom")
    shown = words(at)
    assert "Alder" not in shown.replace("Ben Alder", "")
    assert "Ben Alder" not in shown
    assert "also act for clients that are not yours" in shown
    assert not [s for s in at.selectbox if s.key == "role tom alder"]


def test_a_link_in_a_message_opens_the_inbox_at_its_question(place):
    at = enter("priya", go="E-101")
    assert [t.value for t in at.title] == ["Inbox"]


def test_such_a_link_is_no_way_to_a_page_outside_the_role(place):
    at = enter("sam", go="E-101")
    assert [t.value for t in at.title] == ["Engine room"]
    assert "not part of your role" in at.toast[0].value
