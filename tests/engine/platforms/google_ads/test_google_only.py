"""What is particular to Google Ads, over the simulated market."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.model.errors import AskPerson, GiveUp
from engine.platforms import google_ads
from tests.engine.platforms import things
from tests.engine.platforms.google_ads.bench import Bench, connection


@pytest.fixture(scope="module")
def bench(market):
    return Bench(market, first_account=4_000_000_001)


def test_naming_the_room_does_not_load_the_sdk():
    code = (
        "import sys; from engine.platforms import google_ads; google_ads.QUIRKS; "
        "sys.exit(any(m in sys.modules for m in ('grpc', 'google.ads')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_secrets_do_not_show_in_the_connection(market):
    shown = repr(connection(market))
    for name in ("client_secret", "refresh_token", "developer_token"):
        assert market.ready["google"][name] not in shown


def test_accounts_are_the_same_through_the_manager_and_directly(bench, market):
    number = bench.account().account
    direct = google_ads.GoogleAds(connection(market, login_customer_id=None)).accounts()
    assert direct == bench.platform.accounts()
    assert number in [account.account for account in direct]


def test_a_wrong_developer_token_asks_a_person(market):
    with pytest.raises(AskPerson, match="DEVELOPER_TOKEN_INVALID"):
        google_ads.GoogleAds(connection(market, developer_token="wrong")).accounts()


def test_an_account_out_of_reach_asks_a_person(bench):
    account = bench.account()
    other = type(account)(**(vars(account) | {"account": "5999999999"}))
    with pytest.raises(AskPerson, match="USER_PERMISSION_DENIED"):
        bench.platform.snapshot("northgate", other, bench.now())


def test_a_field_google_does_not_know_is_given_up(bench):
    account = bench.account().account
    with pytest.raises(GiveUp, match="UNRECOGNIZED_FIELD"):
        bench.platform._session.rows(account, "SELECT campaign.nonsense FROM campaign")


def test_a_slow_write_is_cut_at_its_deadline_and_unknown(bench, market):
    account = bench.account()
    hasty = google_ads.GoogleAds(connection(market, write_seconds=0.3))
    hasty.accounts()
    bench.control.fault("Mutate", "slow", seconds=1.0)
    receipt = hasty.apply(account, [things.create(things.campaign(account))])
    assert receipt.outcome == "unknown"
    assert "DEADLINE_EXCEEDED" in receipt.sentence


def test_a_name_taken_by_another_kind_of_campaign_is_not_ours_already(bench):
    account = bench.account()
    search, video = (things.campaign(account, c) for c in ("google_search", "youtube"))
    assert bench.platform.apply(account, [things.create(search)]).outcome == "applied"
    receipt = bench.platform.apply(account, [things.create(video)])
    assert receipt.outcome == "rejected"
    assert "DUPLICATE_CAMPAIGN_NAME" in receipt.sentence


def test_one_platform_serves_several_threads_at_once(bench):
    account = bench.account()
    now = bench.now()
    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(bench.platform.snapshot, "northgate", account, now) for _ in range(12)]
        assert len({each.result() for each in work}) == 1


def test_every_quirk_has_its_source():
    facts = {name for name in vars(google_ads.QUIRKS) if name not in {"read_on", "sources"}}
    assert facts == set(google_ads.QUIRKS.sources)
