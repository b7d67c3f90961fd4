"""Over TLS gRPC with the real SDK: errors, faults, sign-in, crashes, and the in-process road."""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import certifi
import grpc
import pytest
from google.ads.googleads.client import GoogleAdsClient
from google.ads.googleads.errors import GoogleAdsException
from google.api_core import exceptions as core
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials

from sandbox.google.wire import Failure
from sandbox.spec import AccountSpec
from sandbox.world import World
from tests.sandbox.running import google_client, start_sandbox
from tests.sandbox.worlds import add_budget, add_campaign, request, set_daily, spec

CUSTOMER = "4000000001"
TEXT = "SELECT campaign.id, campaign.name, campaign.campaign_budget FROM campaign"


@pytest.fixture(scope="module")
def account(sandbox):
    sandbox.control.add_account(spec(CUSTOMER))
    return CUSTOMER


@pytest.fixture(scope="module")
def ads(sandbox):
    return google_client(sandbox.ready).get_service("GoogleAdsService")


@pytest.fixture(autouse=True)
def no_faults_left(request):
    yield
    if "sandbox" in request.fixturenames:
        request.getfixturevalue("sandbox").control.clear_faults()


def search(ads, text=TEXT, customer=CUSTOMER):
    return list(ads.search(customer_id=customer, query=text, timeout=10))


def mutate(ads, req, **more):
    operations = list(req.mutate_operations)
    return ads.mutate(customer_id=req.customer_id, mutate_operations=operations, timeout=10, **more)


def tree(name):
    req = request(CUSTOMER)
    add_budget(req)
    add_campaign(req, name)
    return req


def names(ads):
    return [row.campaign.name for row in search(ads)]


def test_a_refusal_carries_the_code_the_place_and_a_request_id(account, ads):
    with pytest.raises(GoogleAdsException) as caught:
        mutate(ads, tree("Core"))
    error = caught.value.failure.errors[0]
    assert "DUPLICATE_CAMPAIGN_NAME" in str(error.error_code)
    place = error.location.field_path_elements[0]
    assert (place.field_name, place.index) == ("mutate_operations", 1)
    assert caught.value.request_id


def test_page_size_is_refused(account, ads):
    with pytest.raises(GoogleAdsException) as caught:
        ads.search(request={"customer_id": CUSTOMER, "query": TEXT, "page_size": 10}, timeout=10)
    assert "PAGE_SIZE_NOT_SUPPORTED" in str(caught.value.failure)


def test_a_long_stream_comes_in_several_batches_and_equals_the_search(sandbox, account, ads):
    sandbox.control.advance(hours=24 * 25)
    text = (
        "SELECT campaign.id, segments.date, segments.hour, metrics.impressions FROM campaign "
        "ORDER BY segments.date, segments.hour"
    )
    batches = list(ads.search_stream(customer_id=CUSTOMER, query=text, timeout=20))
    assert len(batches) > 1
    assert all(batch.request_id for batch in batches)
    streamed = [row for batch in batches for row in batch.results]
    assert streamed == search(ads, text)


def test_an_applied_write_whose_answer_is_lost_is_there_and_a_resend_says_duplicate(
    sandbox, account, ads
):
    sandbox.control.fault("Mutate", "applied_then_timeout")
    with pytest.raises(core.DeadlineExceeded):
        mutate(ads, tree("Lost answer"))
    assert names(ads).count("Lost answer") == 1
    with pytest.raises(GoogleAdsException, match="DUPLICATE_CAMPAIGN_NAME"):
        mutate(ads, tree("Lost answer"))


@pytest.mark.parametrize(
    ("kind", "error"),
    [("dropped", core.DeadlineExceeded), ("unavailable", core.ServiceUnavailable)],
)
def test_a_lost_request_changes_nothing(sandbox, account, ads, kind, error):
    sandbox.control.fault("Mutate", kind, skip=1)
    mutate(ads, tree(f"Before {kind}"))
    with pytest.raises(error):
        mutate(ads, tree(f"During {kind}"))
    mutate(ads, tree(f"After {kind}"))
    found = names(ads)
    assert f"Before {kind}" in found
    assert f"After {kind}" in found
    assert f"During {kind}" not in found


def test_quota_says_when_to_come_back(sandbox, account, ads):
    sandbox.control.fault("Search", "quota")
    with pytest.raises(core.ResourceExhausted) as caught:
        search(ads)
    trailing = dict(caught.value.__cause__.trailing_metadata())
    failure = Failure.FromString(trailing["google.ads.googleads.v26.errors.googleadsfailure-bin"])
    assert failure.errors[0].details.quota_error_details.retry_delay.seconds == 30


def test_an_internal_error_and_a_slow_call(sandbox, account, ads):
    sandbox.control.fault("SearchStream", "internal")
    with pytest.raises(core.InternalServerError):
        list(ads.search_stream(customer_id=CUSTOMER, query=TEXT, timeout=10))
    sandbox.control.fault("Search", "slow", seconds=1)
    with pytest.raises(core.DeadlineExceeded):
        ads.search(customer_id=CUSTOMER, query=TEXT, timeout=0.3)


def test_a_wrong_refresh_token_is_an_invalid_grant(sandbox):
    known = sandbox.ready["google"]
    wrong = Credentials(
        None,
        refresh_token="1//wrong",
        token_uri=sandbox.ready["token_uri"],
        client_id=known["client_id"],
        client_secret=known["client_secret"],
    )
    client = GoogleAdsClient(
        wrong,
        developer_token=known["developer_token"],
        endpoint=sandbox.ready["grpc"],
        version="v26",
        use_proto_plus=False,
    )
    with pytest.raises((RefreshError, core.ServiceUnavailable), match="invalid_grant"):
        search(client.get_service("GoogleAdsService"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token": "ya29.forged"}, "OAUTH_TOKEN_INVALID"),
        ({"developer": "wrong"}, "DEVELOPER_TOKEN_INVALID"),
        ({"login": "1231231231"}, "USER_PERMISSION_DENIED"),
        ({"customer": "9999999999"}, "USER_PERMISSION_DENIED"),
    ],
)
def test_calls_without_the_right_headers_are_refused_as_google_does(
    sandbox, account, ca_dir, change, code
):
    known = sandbox.ready["google"]
    good = google_client(sandbox.ready)
    search(good.get_service("GoogleAdsService"))
    token = Credentials(change.get("token", good.credentials.token))
    client = GoogleAdsClient(
        token,
        developer_token=change.get("developer", known["developer_token"]),
        login_customer_id=change.get("login", known["login_customer_id"]),
        endpoint=sandbox.ready["grpc"],
        version="v26",
        use_proto_plus=False,
    )
    with pytest.raises(GoogleAdsException, match=code):
        search(client.get_service("GoogleAdsService"), customer=change.get("customer", CUSTOMER))


def test_the_control_api_wants_its_token_and_refuses_unknown_keys(sandbox):
    answer = sandbox.control.http.get("/control/now", headers={"Authorization": "Bearer no"})
    assert answer.status_code == 401
    with pytest.raises(RuntimeError, match="422"):
        sandbox.control.post("faults", {"faults": [], "more": 1})
    rules = sandbox.control.get("rules")["rules"]
    assert {rule["status"] for rule in rules} == {"documented", "guessed"}
    assert all(bool(rule["source"]) == (rule["status"] == "documented") for rule in rules)


def test_a_killed_sandbox_loses_nothing_it_answered(tmp_path, ca_dir):
    running = start_sandbox(tmp_path, ca_dir)
    running.control.open("2026-03-09T00:00:00+00:00", seed=3)
    running.control.add_account(spec(CUSTOMER))
    running.control.advance(hours=100)
    ads = google_client(running.ready).get_service("GoogleAdsService")
    mutate(ads, tree("Answered"))
    kept = (
        running.control.now(),
        running.control.billed(CUSTOMER),
        running.control.writes(CUSTOMER),
    )
    running.kill()
    again = start_sandbox(tmp_path, ca_dir)
    try:
        control = again.control
        assert (control.now(), control.billed(CUSTOMER), control.writes(CUSTOMER)) == kept
        assert again.ready["google"] == running.ready["google"]
        assert "Answered" in names(google_client(again.ready).get_service("GoogleAdsService"))
    finally:
        again.stop()
    assert not (tmp_path / "ready.json").exists()


def test_it_ends_with_its_parent_and_keeps_its_ready_file_private(tmp_path, ca_dir):
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    running = start_sandbox(tmp_path, ca_dir, parent_pid=parent.pid)
    assert (tmp_path / "ready.json").stat().st_mode & 0o777 == 0o600
    assert (Path(ca_dir) / "ca.key").stat().st_mode & 0o777 == 0o600
    parent.communicate(b"\n")
    assert running.process.wait(10) == 0
    assert not os.path.exists(f"/proc/{running.ready['pid']}")
    running.control.http.close()


def test_over_the_wire_and_in_process_bill_the_same(tmp_path, ca_dir):
    begin = "2026-03-09T00:00:00+00:00"
    inside = World(tmp_path / "inside")
    inside.open(datetime.fromisoformat(begin), 21)
    inside.add_account(AccountSpec.model_validate(spec(CUSTOMER)))
    running = start_sandbox(tmp_path / "wire", ca_dir)
    try:
        running.control.open(begin, seed=21)
        running.control.add_account(spec(CUSTOMER))
        ads = google_client(running.ready).get_service("GoogleAdsService")
        for step, micros in enumerate((40_000_000, 160_000_000, 70_000_000)):
            to = datetime.fromisoformat(f"2026-03-{12 + 9 * step:02}T10:30:00+00:00")
            running.control.advance(to=to.isoformat())
            inside.advance(to)
            req = tree(f"New {step}")
            set_daily(req, f"customers/{CUSTOMER}/campaignBudgets/1", micros)
            mutate(ads, req)
            req = tree(f"New {step}")
            set_daily(req, f"customers/{CUSTOMER}/campaignBudgets/1", micros)
            inside.mutate(req)
        end = "2026-04-10T00:00:00+00:00"
        running.control.advance(to=end)
        inside.advance(datetime.fromisoformat(end))
        assert running.control.billed(CUSTOMER) == inside.billed(CUSTOMER, date.min, date.max)
        assert running.control.truth(CUSTOMER) == inside.truth(CUSTOMER)
    finally:
        running.stop()


def test_grpc_trusts_the_sandbox_by_its_own_authority_only(sandbox, ca_dir):
    blind = grpc.ssl_channel_credentials(root_certificates=Path(certifi.where()).read_bytes())
    with (
        grpc.secure_channel(sandbox.ready["grpc"], blind) as channel,
        pytest.raises(grpc.FutureTimeoutError),
    ):
        grpc.channel_ready_future(channel).result(timeout=1)
