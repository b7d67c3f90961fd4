import subprocess
from datetime import timedelta

import pytest

from engine.model.errors import BadInput
from jobs import certificates
from jobs.audit import audit
from jobs.demo_clients.reading import CLIENTS, account_spec, first_text, load
from jobs.spans import span
from policies.formats import FORMATS, faults
from sandbox.spec import AccountSpec


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1h", timedelta(hours=1)),
        ("90m", timedelta(minutes=90)),
        (" 2D ", timedelta(days=2)),
        ("31d", timedelta(days=31)),
    ],
)
def test_a_length_of_time_is_read_as_people_type_it(text, length):
    assert span(text) == length


@pytest.mark.parametrize("text", ["", "h", "0h", "1.5h", "-1h", "1w", "32d", "99999d", "1h 2m"])
def test_anything_else_is_no_length_of_time(text):
    with pytest.raises(BadInput):
        span(text)


def test_a_store_without_a_market_beside_it_never_trusts_the_simulated_platforms(
    tmp_path, monkeypatch
):
    monkeypatch.delenv(certificates.GRPC, raising=False)
    monkeypatch.delenv("CC_SANDBOX", raising=False)
    assert certificates.trust(tmp_path / "store.duckdb") is None
    assert certificates.GRPC not in certificates.os.environ


def test_a_demo_store_overwrites_the_roots_the_machine_had_set(tmp_path, monkeypatch):
    monkeypatch.setenv(certificates.GRPC, "/etc/ssl/other.pem")
    monkeypatch.setenv(certificates.REQUESTS, "/etc/ssl/other.pem")
    monkeypatch.delenv("CC_SANDBOX", raising=False)
    (tmp_path / "sandbox").mkdir()
    bundle = certificates.trust(tmp_path / "store.duckdb")
    assert certificates.os.environ[certificates.GRPC] == str(bundle)
    assert b"BEGIN CERTIFICATE" in bundle.read_bytes()


def test_a_missing_bundle_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("CC_CA", str(tmp_path / "ca"))
    assert certificates.bundle_made().exists()


def _answer(code, out="", err=""):
    return lambda command: subprocess.CompletedProcess(command, code, out, err)


def test_an_audit_that_looked_at_nothing_says_so_instead_of_all_is_well(tmp_path):
    out = '{"dependencies": [{"name": "pandas", "skip_reason": "not found"}]}'
    code, said = audit(tmp_path, _answer(0, out))
    assert code == 0
    assert said.startswith("audit skipped")


def test_a_known_weakness_fails_the_audit_and_is_named(tmp_path):
    out = (
        '{"dependencies": [{"name": "pandas", "version": "3.1.1", "vulns": [{"id": "CVE-1"}]},'
        ' {"name": "numpy", "version": "2", "vulns": []}]}'
    )
    code, said = audit(tmp_path, _answer(1, out))
    assert code == 1
    assert "pandas 3.1.1: CVE-1" in said


def test_an_audit_without_a_network_is_skipped_with_its_reason(tmp_path):
    code, said = audit(tmp_path, _answer(1, "", "requests.exceptions.ConnectionError: no route"))
    assert (code, said.startswith("audit skipped")) == (0, True)


def test_an_audit_that_broke_otherwise_fails(tmp_path):
    assert audit(tmp_path, _answer(2, "", "usage: pip-audit"))[0] == 1


@pytest.mark.parametrize("name", CLIENTS)
def test_a_demo_client_is_what_the_market_takes(name):
    client = load(name)
    spec = AccountSpec.model_validate(account_spec(client))
    assert [c.name.split(" | ")[0] for c in spec.campaigns] == [c.name for c in client.campaigns]


@pytest.mark.parametrize("name", CLIENTS)
def test_the_ads_a_demo_begins_with_fit_their_formats(name):
    client = load(name)
    for campaign in client.campaigns:
        for group in campaign.ad_groups:
            for concept in group.concepts:
                text = first_text(client, campaign.channel, concept)
                assert faults(text, FORMATS[campaign.channel]) == ()
