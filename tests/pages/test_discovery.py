"""Discovery's screen: a client answers, a strategist answers apart, both are shown where they differ."""

from .conftest import enter, words

PAGE = "pages/team/discovery.py"
PATH = "guardrails.step_size.max_share"


def answer(person, value):
    at = enter(person, PAGE, client="northgate", topic="step_size")
    assert not at.exception
    at.number_input(key=f"answer northgate {PATH}").set_value(value)
    next(b for b in at.button if b.label == "Answer").click().run()
    assert not at.exception
    return at


def test_two_people_answer_apart_and_see_both_answers_afterwards(place):
    assert "is kept" in words(answer("nora", 11.0))
    apart = enter("tom", PAGE, client="northgate", topic="step_size")
    assert "11%" not in words(apart)
    assert "One answered" in words(apart)
    both = words(answer("tom", 13.0))
    assert "11%" in both
    assert "13%" in both
    assert "1 differ" in both


def test_a_strategist_writes_one_down_and_a_client_cannot(place):
    answer("nora", 11.0)
    answer("tom", 13.0)
    client = enter("nora", PAGE, client="northgate", topic="step_size")
    assert "Your strategist writes one value down." in words(client)
    assert not [b for b in client.button if b.label == "Write down"]
    at = enter("tom", PAGE, client="northgate", topic="step_size")
    at.number_input(key=f"settle northgate {PATH}").set_value(12.0)
    at.text_input(key=f"why northgate {PATH}").set_value("Between the two.")
    next(b for b in at.button if b.label == "Write down").click().run()
    assert "Between the two." in words(at)
    at.button(key="to-draft").click().run()
    assert "The draft was written" in words(at)


def test_every_rule_can_be_asked(place):
    at = enter("maya", PAGE, client="northgate")
    assert "Size of one step" in at.selectbox(key="topic").options
    for name in ("targets", "phase", "envelope", "audiences", "hours", "variant_share"):
        shown = enter("maya", PAGE, client="northgate", topic=name)
        assert not shown.exception
