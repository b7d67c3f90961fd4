"""A second ``make run`` goes on from the store and its market; the kill switch works with the app up and down."""

import json

import pytest

from tests.demo.live import copied, health, served

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.timeout(400)]


def test_a_second_start_goes_on_and_pause_is_answered_by_the_running_app(demo, tmp_path):
    with served(copied(demo, tmp_path)) as live:
        told = health(live)
        assert told["ok"], told
        planned = live.built.jobs("plan", "--client", "northgate", "--json")
        assert planned.returncode == 0, planned.stderr
        assert json.loads(planned.stdout)["changes"] == []
        answer = json.loads(live.built.jobs("pause", "--all", "--json").stdout)
        assert answer["failed"] == []
        assert sorted(answer["verified"]) == sorted(answer["paused"])
        assert len(answer["verified"]) >= 8  # every campaign of both clients was read back


def test_pause_works_with_the_app_down(demo, tmp_path):
    built = copied(demo, tmp_path)
    answer = json.loads(built.jobs("pause", "--client", "alder", "--json").stdout)
    assert answer["failed"] == []
    assert answer["verified"]
    assert all(name.startswith("alder/") for name in answer["verified"])
