"""A second ``make run`` goes on from the store and its market; the kill switch works with the app up and down."""

import json

import pytest

from tests.demo.live import copied, health, served

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(400)]


def test_a_second_start_is_healthy_with_the_same_store_and_market(demo, tmp_path):
    with served(copied(demo, tmp_path)) as live:
        told = health(live)
        assert told["ok"], told
        planned = live.built.jobs("plan", "--client", "northgate", "--json")
        assert planned.returncode == 0, planned.stderr
        assert json.loads(planned.stdout)["changes"] == []


def test_pause_is_answered_by_the_running_app_and_every_campaign_is_read_back(demo, tmp_path):
    with served(copied(demo, tmp_path)) as live:
        done = live.built.jobs("pause", "--all", "--json")
        answer = json.loads(done.stdout)
        assert answer["failed"] == []
        assert sorted(answer["verified"]) == sorted(answer["paused"])
        assert len(answer["verified"]) >= 8


def test_pause_works_with_the_app_down(demo, tmp_path):
    built = copied(demo, tmp_path)
    answer = json.loads(built.jobs("pause", "--client", "alder", "--json").stdout)
    assert answer["failed"] == []
    assert answer["verified"]
    assert all(name.startswith("alder/") for name in answer["verified"])
