"""Messages leave through Apprise's real wire, and only where they may go."""

import pytest

from engine.model.errors import BadInput, TryLater
from engine.platforms.messages import ApprisePost
from tests.receiver import receiver


def test_a_message_arrives_whole():
    with receiver() as (address, got, _):
        ApprisePost(local_only=True).send(address, "A title", "Words £5\n\nhttp://here/go/E-101")
    assert got[0]["title"] == "A title"
    assert got[0]["message"] == "Words £5\n\nhttp://here/go/E-101"


def test_a_service_that_refuses_is_tried_later():
    with receiver() as (address, got, refuse):
        refuse.set()
        with pytest.raises(TryLater):
            ApprisePost(local_only=True).send(address, "A title", "Words")
    assert got == []


def test_nobody_listening_is_tried_later():
    with receiver() as (address, _, _):
        pass
    with pytest.raises(TryLater):
        ApprisePost(local_only=True).send(address, "A title", "Words")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "https://example.com/x",
        "syslog://",
        "dbus://",
        "x" * 1001,
        "exec://rm",
        "file:///etc",
    ],
)
def test_what_is_no_service_for_people_is_refused(address):
    with pytest.raises(BadInput):
        ApprisePost().target(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.8",
        "169.254.169.254",
        "2130706433",
        "0x7f.1",
        "host.internal",
        "192.168.1.9",
    ],
)
def test_a_house_that_is_real_sends_outside_only(host):
    with pytest.raises(BadInput, match=r"not a public address|no address we can send to"):
        ApprisePost().target(f"json://{host}/x")


@pytest.mark.parametrize(
    "address", ["jsons://example.com/x", "mailtos://me:pw@gmail.com", "json://10.0.0.8/x"]
)
def test_a_demo_sends_to_this_machine_only(address):
    with pytest.raises(BadInput, match="this machine only"):
        ApprisePost(local_only=True).target(address)


@pytest.mark.parametrize(
    ("address", "service", "secret"),
    [
        ("mailtos://me:hunter22@gmail.com", "E-mail", "hunter22"),
        ("slack://TokenAaaaa/TokenBbbbb/TokenCcccc/#x", "Slack", "TokenCcccc"),
        ("jsons://user:hunter22@example.com/a", "Webhook", "hunter22"),
    ],
)
def test_a_target_is_shown_without_its_secrets(address, service, secret):
    found = ApprisePost().target(address)
    assert found.service == service
    assert secret not in found.shown
