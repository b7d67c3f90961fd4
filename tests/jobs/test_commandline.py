import json
import socket
import subprocess
import sys

import pytest
from sqlalchemy import text

from engine.store import Store
from engine.store.connect import connect
from policies.reading import policy_text, read_policy
from tests.jobs.conftest import ROOT

GOOD = ROOT / "policies" / "presets" / "b2b_services.toml"


@pytest.fixture
def here(settings, monkeypatch):
    monkeypatch.setenv("CC_STORE", str(settings.store))
    monkeypatch.setenv("CC_SANDBOX", str(settings.sandbox))
    return settings


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("CC_STORE", str(tmp_path / "none.duckdb"))
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("demo", "--help"),
        ("tick", "--help"),
        ("worker", "--help"),
        ("ingest", "--help"),
        ("plan", "--help"),
        ("policy", "check", "--help"),
        ("policy", "dry-run", "--help"),
        ("pause", "--help"),
        ("resume", "--help"),
        ("serve", "--help"),
        ("person", "--help"),
        ("doctor", "--help"),
    ],
)
def test_every_command_explains_itself(said, words):
    code, out, _ = said(*words)
    assert code == 0
    assert "usage:" in out


@pytest.mark.parametrize("words", [(), ("format",), ("tick",), ("pause",), ("ingest", "x.csv")])
def test_words_that_make_no_command_are_refused_with_2(said, words):
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_pausing_everybody_and_one_client_at_once_is_refused(said):
    assert said("pause", "--all", "--client", "alder")[0] == 2


@pytest.mark.parametrize("command", ["doctor", "plan --client alder", "pause --all"])
def test_without_a_store_the_next_step_is_named(said, nowhere, command):
    code, _, err = said(*command.split())
    assert code == 1
    assert "python -m jobs demo" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["plan", "tick", "pause"])
def test_an_unknown_client_is_refused_with_the_names_there_are(said, here, command):
    code, out, err = said(command, "--client", "nobody", "--json")
    assert (code, out) == (2, "")
    assert "'nobody'" in err
    assert "alder" in err


def test_a_plan_with_nothing_to_write_prints_0_changes(said, here):
    code, out, _ = said("plan", "--client", "alder")
    assert (code, out) == (0, "0 changes\n")


def test_a_plan_as_json_has_the_agreed_keys(said, here):
    code, out, _ = said("plan", "--client", "alder", "--json")
    assert code == 0
    assert json.loads(out) == {"client": "alder", "changes": []}


def test_advancing_the_time_of_a_real_store_is_refused(said, here):
    code, _, err = said("tick", "--client", "alder", "--advance", "1h")
    assert code == 2
    assert "demo" in err


def test_the_doctor_ends_with_1_while_there_is_something_to_look_at(said, here):
    code, out, _ = said("doctor", "--json")
    answer = json.loads(out)
    assert code == 1
    assert answer["ok"] is False
    assert answer["problems"] == ["Alder & Finch has never had a tick."]


def test_a_tick_without_credentials_says_which_are_missing(said, here):
    code, out, err = said("tick", "--client", "alder", "--json")
    assert (code, out) == (1, "")
    assert "CC_GOOGLE_REFRESH_TOKEN" in err


def test_pausing_as_json_has_the_agreed_keys(said, here):
    code, out, _ = said("pause", "--all", "--json")
    assert code == 0
    assert set(json.loads(out)) >= {"paused", "verified", "failed"}
    assert "is paused" in json.loads(said("doctor", "--json")[1])["problems"][0]


def test_the_operator_lifts_the_hold_of_the_whole_house_and_then_each_client(said, here):
    said("pause", "--all")
    code, out, _ = said("resume", "--all", "--reason", "Repaired.", "--json")
    assert code == 0
    assert "no longer held" in json.loads(out)["sentence"]
    assert "is paused" in said("doctor")[1]
    assert said("resume", "--client", "alder", "--reason", "Repaired.")[0] == 0
    assert "is paused" not in said("doctor")[1]


@pytest.mark.parametrize("words", [("--all",), ("--reason", "Why."), ("--all", "--reason", " ")])
def test_resuming_takes_a_client_or_all_and_a_reason(said, here, words):
    assert said("resume", *words)[0] == 2


def test_a_client_is_not_resumed_while_the_whole_house_is_held(said, here):
    said("pause", "--all")
    code, _, err = said("resume", "--client", "alder", "--reason", "Go on.")
    assert code == 1
    assert "resume --all" in err


def test_a_missing_file_is_refused(said, here, tmp_path):
    code, _, err = said("ingest", str(tmp_path / "no.csv"), "--client", "alder")
    assert code == 2
    assert "no.csv" in err


def test_an_ingest_answers_one_entry_a_file_with_the_agreed_keys(said, here, tmp_path):
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n")
    code, out, _ = said("ingest", str(strange), "--client", "alder", "--json")
    assert code == 2  # no file could be read
    (answer,) = json.loads(out)
    wanted = {"file", "format", "period", "currency", "read", "kept", "refused", "totals", "reason"}
    assert wanted <= set(answer)
    assert answer["kept"] == 0
    assert answer["reason"]


def test_a_store_of_a_newer_version_is_refused_with_a_sentence(said, here):
    store = Store(connect(here.url))

    def from_the_future(conn):
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    store.write(from_the_future)
    store.close()
    code, _, err = said("doctor")
    assert code == 1
    assert "newer" in err


def test_a_good_policy_is_valid(said):
    code, out, _ = said("policy", "check", str(GOOD), "--json")
    assert code == 0
    assert json.loads(out) == {"valid": True, "errors": []}
    assert read_policy(GOOD.read_text(), suffix=".toml").client == "b2b_services"


def test_each_mistake_of_a_broken_policy_is_a_sentence(said, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text(GOOD.read_text().replace('max_share = "0.35"', 'max_share = "3.5"'))
    code, out, _ = said("policy", "check", str(broken), "--json")
    answer = json.loads(out)
    assert code == 1
    assert answer["valid"] is False
    assert any("step_size" in each for each in answer["errors"])


def test_a_policy_that_is_no_text_is_not_valid(said, tmp_path):
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert json.loads(said("policy", "check", str(path), "--json")[1])["valid"] is False


def test_a_policy_file_that_is_not_there_is_refused(said, tmp_path):
    code, _, err = said("policy", "check", str(tmp_path / "none.toml"))
    assert (code, "none.toml" in err) == (2, True)


def for_alder(tmp_path):
    """The preset as a policy of Alder."""
    policy = read_policy(GOOD.read_text(), suffix=".toml")
    file = tmp_path / "policy.toml"
    file.write_text(
        policy_text(policy.model_copy(update={"client": "alder", "currency": "USD"}), ".toml")
    )
    return str(file)


def test_a_dry_run_has_the_agreed_keys(said, here, tmp_path):
    file = for_alder(tmp_path)
    code, out, _ = said("policy", "dry-run", file, "--client", "alder", "--days", "90", "--json")
    assert code == 0
    answer = json.loads(out)
    assert {"allowed", "escalated", "blocked", "rows"} <= set(answer)
    assert (answer["allowed"], answer["rows"]) == (0, [])
    code, out, _ = said("policy", "dry-run", file, "--client", "alder")
    assert out.startswith("No action was decided in this time")


def test_a_dry_run_is_answered_by_the_process_that_has_the_store(said, here, held, tmp_path):
    held("answers")
    code, out, _ = said("policy", "dry-run", for_alder(tmp_path), "--client", "alder", "--json")
    assert code == 0
    assert json.loads(out)["rows"] == []


def test_a_dry_run_of_no_policy_or_for_nobody_is_refused(said, here, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("client = 1")
    for file, client, told in [
        (str(bad), "alder", "is missing"),
        (str(tmp_path / "none.toml"), "alder", "There is no file"),
        (for_alder(tmp_path), "nobody", "'nobody'"),
    ]:
        code, out, err = said("policy", "dry-run", file, "--client", client)
        assert (code, out) == (2, "")
        assert told in err


def test_a_taken_port_is_found_out_before_the_long_work(said, nowhere):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        code, _, err = said("demo", "--port", str(port))
    assert code == 1
    assert f"Port {port}" in err
    assert f"--port {port + 1}" in err
    assert not (nowhere / "none.duckdb").exists()


@pytest.mark.parametrize("days", ["0", "-1", "366"])
def test_a_demo_of_no_days_or_too_many_is_refused(said, nowhere, days):
    assert said("demo", "--json", "--days", days)[0] == 2


def test_a_real_store_is_never_taken_for_a_demo(said, here):
    code, _, err = said("demo", "--json")
    assert code == 1
    assert "real clients" in err
    assert here.store.exists()


def test_a_real_store_survives_a_fresh_demo(said, here):
    code, _, err = said("demo", "--json", "--fresh")
    assert (code, "real clients" in err) == (1, True)
    assert here.store.exists()


def test_a_port_that_is_no_number_is_a_sentence_about_the_settings(said, monkeypatch):
    monkeypatch.setenv("CC_PORT", "eighty")
    code, _, err = said("doctor")
    assert code == 2
    assert "port" in err


def test_a_second_worker_is_refused(here, held):
    child = held("answers")
    done = subprocess.run(
        [sys.executable, "-m", "jobs", "worker"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"process {child.pid}" in done.stderr
