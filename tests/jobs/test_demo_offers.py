"""The demo's clients: every campaign, brief and concept sells an offer that its policy writes."""

import pytest

from jobs import demo_opening
from jobs.demo_clients.reading import CLIENTS, load


@pytest.mark.parametrize("client", CLIENTS)
def test_everything_in_the_demo_sells_a_written_offer(client):
    data = load(client)
    policy = demo_opening._preset(data)
    named = {thing.key: thing.offer for thing in (*data.campaigns, *data.briefs)}
    assert named
    assert [key for key, offer in named.items() if policy.offers.get(offer) is None] == []
    assert policy.conversions.primary.name == data.primary_action
    assert all(offer.margin for offer in policy.offers.listed)
