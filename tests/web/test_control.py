import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.model.errors import BadInput
from web.control import MAX_BODY, control_route

TOKEN = "the-owner's-token"


def _echo(house, arguments):
    return {"got": dict(arguments)}


def _refuse(house, arguments):
    raise BadInput("There is no client 'x'.")


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "store.duckdb"
    owner = {"pid": 1, "started": "1", "address": "http://127.0.0.1:1", "token": TOKEN}
    path.with_name("store.duckdb.owner.json").write_text(json.dumps(owner))
    house = SimpleNamespace(store=SimpleNamespace(path=path))
    app = Starlette(routes=[control_route({"tick": _echo, "plan": _refuse}, lambda: house)])
    app.state.store = path
    return TestClient(app, client=("127.0.0.1", 1), headers={"Authorization": f"Bearer {TOKEN}"})


def test_the_owner_runs_a_command_and_gives_its_answer(client):
    answer = client.post("/_control/tick", json={"client": "alder"})
    assert (answer.status_code, answer.json()) == (200, {"got": {"client": "alder"}})


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", "Bearer the-owner's-toke"])
def test_a_wrong_token_is_refused(client, given):
    answer = client.post("/_control/tick", json={}, headers={"Authorization": given})
    assert answer.status_code == 403
    assert "token" in answer.json()["error"]


def test_without_an_owner_file_nobody_is_let_in(client):
    path = client.app.state.store
    path.with_name("store.duckdb.owner.json").unlink()
    assert client.post("/_control/tick", json={}).status_code == 403


def test_the_token_does_not_help_from_another_machine(client):
    far = TestClient(client.app, client=("10.0.0.7", 1), headers=client.headers)
    assert far.post("/_control/tick", json={}).status_code == 403


def test_a_refusal_arrives_as_its_sentence_and_kind(client):
    answer = client.post("/_control/plan", json={})
    assert answer.status_code == 409
    assert answer.json() == {"error": "There is no client 'x'.", "kind": "BadInput"}


def test_an_unknown_command_is_named(client):
    answer = client.post("/_control/format", json={})
    assert answer.status_code == 404
    assert "'format'" in answer.json()["error"]


def test_a_body_beyond_the_cap_is_not_read_to_its_end(client):
    answer = client.post("/_control/tick", content=b'{"a": "' + b"x" * MAX_BODY + b'"}')
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"text"'])
def test_arguments_that_are_no_object_are_refused(client, body):
    assert client.post("/_control/tick", content=body).status_code == 400


def test_the_control_door_takes_posts_only(client):
    assert client.get("/_control/tick").status_code == 405
