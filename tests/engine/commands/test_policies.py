import pytest

from engine.commands import policies
from engine.model.errors import AskPerson, BadInput
from engine.store.passes import policy_in_force
from jobs import demo_opening
from policies.reading import policy_text
from tests.engine.commands.conftest import NOW

C = "northgate"


@pytest.fixture
def text(data):
    return policy_text(demo_opening._preset(data), ".json")


def draft(house, scope, text):
    return policies.save_draft(house, scope, NOW, C, text, ".json")


def in_force(house):
    with house.store.read() as conn:
        return policy_in_force(conn, C)


def test_a_draft_is_not_in_force_until_a_second_senior_person_publishes_it(house, who, text):
    version = draft(house, who("tom"), text)
    assert in_force(house) is None
    with pytest.raises(AskPerson, match="second person"):
        policies.publish(house, who("tom"), NOW, C, version)
    with pytest.raises(AskPerson, match="senior"):
        policies.publish(house, who("sam"), NOW, C, version)
    assert in_force(house) is None
    policies.publish(house, who("priya"), NOW, C, version)
    assert in_force(house).version == version


def test_a_policy_is_published_once(house, who, text):
    version = draft(house, who("tom"), text)
    policies.publish(house, who("priya"), NOW, C, version)
    with pytest.raises(BadInput, match="no draft"):
        policies.publish(house, who("priya"), NOW, C, version)


def test_a_draft_that_cannot_be_read_is_refused_with_its_mistakes(house, who):
    with pytest.raises(BadInput):
        draft(house, who("tom"), '{"client": "northgate"}')


def test_a_policy_of_another_client_is_refused(house, who, text):
    other = text.replace('"northgate"', '"alder"')
    with pytest.raises(BadInput, match="this client is northgate"):
        draft(house, who("tom"), other)
