"""What outside checks call: names, keys, one clean JSON document."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as commandline
from bench.registry import MODULES, bench
from engine.model.errors import TryLater

ROOT = Path(__file__).resolve().parents[2]


def test_an_unknown_name_is_answered_with_the_names_there_are(capsys):
    assert commandline.main(["gates", "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "'gates'" in said.err
    for name in (*MODULES, "all"):
        assert name in said.err


def test_a_name_is_needed(capsys):
    with pytest.raises(SystemExit) as ended:
        commandline.main(["--json"])
    assert ended.value.code == 2
    assert "NAME" in capsys.readouterr().err


@pytest.mark.parametrize("name", list(MODULES))
def test_every_name_of_the_registry_is_a_measurement_of_its_own_file(name):
    found = bench(name)
    assert found.name == name
    assert callable(found.run)
    assert callable(found.line)
    assert (ROOT / "bench" / f"{name}.py").is_file()


def test_with_json_standard_output_is_one_document_and_progress_goes_elsewhere():
    line = [sys.executable, "-m", "bench", "gate", "--short", "--json"]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, check=True)
    answer = json.loads(done.stdout)
    assert {"short", "sizes", "verdicts_per_s"} <= set(answer)
    assert answer["short"] is True
    assert "round" in done.stderr


def _registered(monkeypatch, tmp_path, body):
    (tmp_path / "planted_bench.py").write_text(body)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(commandline, "MODULES", {"planted": "planted_bench"})
    monkeypatch.setattr("bench.registry.MODULES", {"planted": "planted_bench"})
    sys.modules.pop("planted_bench", None)


def test_a_new_measurement_is_one_file_and_one_line(monkeypatch, tmp_path, capsys):
    _registered(
        monkeypatch,
        tmp_path,
        "def run(short, say):\n    say('half way')\n    return {'short': short, 'sizes': {}}\n"
        "def line(answer):\n    return f'short: {answer[\"short\"]}'\n",
    )
    assert commandline.main(["planted", "--short"]) == 0
    said = capsys.readouterr()
    assert said.out == "short: True\n"
    assert said.err == "half way\n"


def test_a_measurement_that_cannot_be_made_says_why(monkeypatch, tmp_path, capsys):
    _registered(
        monkeypatch,
        tmp_path,
        f"from {TryLater.__module__} import TryLater\n"
        "def run(short, say):\n    raise TryLater('The market is away; try again.')\n"
        "def line(answer):\n    return ''\n",
    )
    assert commandline.main(["planted", "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "planted: The market is away; try again.\n"


def test_all_keeps_what_was_measured_when_one_breaks_off(monkeypatch, capsys):
    monkeypatch.setattr(commandline, "MODULES", {"gate": "bench.gate", "nowhere": "bench.nowhere"})
    assert commandline.main(["all", "--short", "--json"]) == 1
    said = capsys.readouterr()
    assert set(json.loads(said.out)) == {"gate"}
    assert "nowhere broke off" in said.err
