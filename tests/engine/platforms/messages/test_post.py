"""Messages leave through Apprise's real wire, and only where they may go."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from engine.model.errors import BadInput, TryLater, UnknownOutcome
from engine.platforms.messages import ApprisePost
from tests.receiver import receiver

OUTSIDE = "93.184.216.34"


def house(*found, **more):
    """The post of a real house, whose names all lead to these addresses."""
    return ApprisePost(resolve=lambda name: found or (OUTSIDE,), **more)


def nobody_knows(name):
    raise socket.gaierror(name)


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
        house().target(address)


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
        house().target(f"json://{host}/x")


@pytest.mark.parametrize(
    "address",
    [
        "jsons://example.com/x",
        "mailtos://me:pw@gmail.com",
        "json://10.0.0.8/x",
        "mailto://u:p@127.0.0.1?smtp=example.com&from=u@example.com",
        "discord://127.0.0.1/token",
        "ntfy://topic",
        "json://[64:ff9b::7f00:1]/x",
    ],
)
def test_a_demo_sends_to_this_machine_only(address):
    with pytest.raises(BadInput, match="this machine only"):
        ApprisePost(local_only=True).target(address)


@pytest.mark.parametrize(
    ("address", "service", "shown"),
    [
        ("mailtos://me:hunter22@gmail.com", "E-mail", "smtp.gmail.com"),
        ("slack://TokenAaaaa/TokenBbbbb/TokenCcccc/#x", "Slack", "slack.com"),
        ("jsons://user:hunter22@example.com:99/a/secret?x=y", "Webhook", "example.com"),
        ("mmosts://chat.example.com/hooktoken", "Mattermost", "chat.example.com"),
        ("ntfys://push.example.com/topic", "ntfy", "push.example.com"),
        ("ntfy://topic", "ntfy", "ntfy.sh"),
        ("tgram://123456789:abcdefg_hijklmnop/12315544", "Telegram", "api.telegram.org"),
    ],
)
def test_of_a_target_only_service_and_host_are_shown(address, service, shown):
    found = house().target(address)
    assert (found.service, found.shown) == (service, shown)


def test_the_mail_server_is_what_has_to_be_outside():
    with pytest.raises(BadInput, match=r"127\.0\.0\.1 is not a public address"):
        house().target("mailto://u:p@example.com:25?smtp=127.0.0.1&mode=insecure")


@pytest.mark.parametrize("more", ["pgppub=http://127.0.0.1/k", "pgpprv=/etc/x", "wkd=yes"])
def test_keys_that_would_be_fetched_from_elsewhere_are_refused(more):
    with pytest.raises(BadInput, match=r"leave them out|no address we can send to"):
        house().target(f"mailtos://u:p@example.com?{more}")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "100.64.0.1",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "::",
        "::127.0.0.1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00::1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:8",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "no number",
    ],
)
def test_a_name_that_leads_inside_is_refused_when_kept_and_when_sent_to(address):
    post = house(OUTSIDE, address)
    with pytest.raises(BadInput, match="not a public address"):
        post.target("jsons://example.com/x")
    with pytest.raises(BadInput, match="not a public address"):
        post.send("jsons://example.com/x", "A title", "Words")


@pytest.mark.parametrize("address", [OUTSIDE, "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_a_name_that_leads_outside_is_kept(address):
    assert house(address).target("jsons://example.com/x").shown == "example.com"


def test_a_name_nobody_knows_is_kept_saying_so_and_sent_to_later():
    post = ApprisePost(resolve=nobody_knows)
    assert "could not be looked up" in post.target("jsons://example.com/x").shown
    with pytest.raises(TryLater, match="could not be looked up"):
        post.send("jsons://example.com/x", "A title", "Words")


@contextmanager
def answering(answer):
    """A server on this machine that does with each connection what it is told; yields its address and the count."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    there, _ = server.accept()
                except OSError:
                    return
                with there:
                    calls.append(there.recv(65536))
                    answer(there)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"json://127.0.0.1:{server.getsockname()[1]}/in", calls
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_a_service_that_sends_us_on_to_another_host_is_not_followed():
    with receiver() as (elsewhere, got, _):
        there = elsewhere.replace("json:", "http:")
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {there}\r\nContent-Length: 0\r\n\r\n".encode()
        with answering(lambda conn: conn.sendall(moved)) as (address, calls):
            for each in (address, f"{address}?redirect=yes"):
                with pytest.raises(TryLater):
                    ApprisePost(local_only=True).send(each, "A title", "Words")
    assert len(calls) == 2
    assert got == []


def test_a_service_that_drips_holds_nobody_up_and_may_have_taken_it():
    over = threading.Event()

    def drip(conn):
        conn.sendall(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.05):
            conn.sendall(b"X-More: 1\r\n")
        conn.sendall(b"Content-Length: 0\r\n\r\n")

    post = ApprisePost(local_only=True, seconds=0.5)
    with answering(drip) as (address, calls):
        began = time.monotonic()
        with pytest.raises(UnknownOutcome, match=r"within 0\.5 seconds; .* may have arrived"):
            post.send(address, "A title", "Words")
        assert time.monotonic() - began < 5
        with pytest.raises(TryLater, match="still on its way"):
            post.send(address, "Another", "Words")
        over.set()
    assert len(calls) == 1
