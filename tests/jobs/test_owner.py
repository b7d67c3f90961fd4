import json
import os
import stat
import subprocess
import sys

import pytest

from engine.model.errors import BadInput
from jobs import road
from jobs.owner import NobodyAnswers, Owner, ask, beside, claimed, live, write_private
from jobs.processes import started


def test_the_owner_file_is_private_and_goes_with_its_block(tmp_path):
    store = tmp_path / "store.duckdb"
    with claimed(store, "http://127.0.0.1:8501") as me:
        path = beside(store, "owner")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert live(store) == me
        assert me.pid == os.getpid()
        assert len(me.token) >= 40
    assert not path.exists()


def test_a_file_of_somebody_else_is_not_taken_away(tmp_path):
    store = tmp_path / "store.duckdb"
    with claimed(store, ""):
        other = {"pid": 1, "started": "x", "address": "", "token": "t"}
        write_private(beside(store, "owner"), other)
    assert beside(store, "owner").exists()


def test_a_dead_process_is_no_owner(tmp_path):
    store = tmp_path / "store.duckdb"
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    body = {"pid": child.pid, "started": "1", "address": "", "token": "t"}
    write_private(beside(store, "owner"), body)
    assert live(store) is None


def test_a_living_process_of_the_same_number_is_no_owner(tmp_path):
    store = tmp_path / "store.duckdb"
    body = {"pid": os.getpid(), "started": "long ago", "address": "", "token": "t"}
    write_private(beside(store, "owner"), body)
    assert live(store) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', "null"])
def test_an_owner_file_that_cannot_be_read_names_nobody(tmp_path, text):
    store = tmp_path / "store.duckdb"
    beside(store, "owner").write_text(text)
    assert live(store) is None


def test_a_zombie_counts_as_gone():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    for _ in range(200):
        if started(child.pid) is None:
            break
        subprocess.run(["sleep", "0.02"], check=True)
    assert started(child.pid) is None
    child.wait()


def test_a_command_is_answered_by_the_process_that_has_the_store_open(settings, held):
    held("answers")
    answer = road.run(settings, "doctor", {})
    assert answer["ok"] is False
    assert any("never had a tick" in each for each in answer["problems"])


def test_a_refusal_of_the_owner_keeps_its_kind(settings, held):
    held("answers")
    with pytest.raises(BadInput, match="no client 'nobody'"):
        road.run(settings, "plan", {"client": "nobody"})


def test_the_door_refuses_a_wrong_token(settings, held):
    held("answers")
    owner = live(settings.store)
    wrong = Owner(owner.pid, owner.started, owner.address, "wrong")
    with pytest.raises(Exception, match="token"):
        ask(wrong, "doctor", {}, 5.0)


def test_when_the_owner_dies_the_store_is_opened_directly(settings, held):
    child = held("answers")
    child.kill()
    child.wait()
    assert beside(settings.store, "owner").exists()
    assert road.run(settings, "doctor", {})["ok"] is False
    assert not beside(settings.store, "owner").exists()


def test_a_silent_owner_is_named_within_the_deadline(settings, held, monkeypatch):
    child = held("silent")
    monkeypatch.setitem(road.DEADLINE_SECONDS, "doctor", 0.5)
    with pytest.raises(NobodyAnswers, match=f"Process {child.pid} has the store open"):
        road.run(settings, "doctor", {})


def test_pausing_past_a_silent_owner_leaves_a_flag_and_claims_nothing(settings, held, monkeypatch):
    held("silent")
    monkeypatch.setitem(road.DEADLINE_SECONDS, "pause", 0.5)
    answer = road.run(settings, "pause", {"all": True})
    assert answer["paused"] == answer["verified"] == []
    assert "every client" in answer["failed"][0]
    assert "flag" in answer["sentence"]
    flag = json.loads(beside(settings.store, "pause").read_text())
    assert flag == {"all": True, "clients": []}


def test_an_owner_that_serves_nothing_is_asked_to_be_waited_for(settings, held):
    held("closed")
    with pytest.raises(NobodyAnswers, match="busy with the store"):
        road.run(settings, "plan", {"client": "alder"})
