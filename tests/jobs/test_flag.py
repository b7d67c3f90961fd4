import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import wiring
from jobs import flag, health, ticking
from jobs.owner import beside


def test_no_file_stops_nobody(tmp_path):
    assert not flag.read(tmp_path / "s").stops("alder")


def test_one_client_is_stopped_and_the_others_are_not(tmp_path):
    flag.put(tmp_path / "s", "alder")
    raised = flag.read(tmp_path / "s")
    assert raised.stops("alder")
    assert not raised.stops("northgate")


def test_a_later_flag_never_takes_an_earlier_one_down(tmp_path):
    flag.put(tmp_path / "s", None)
    flag.put(tmp_path / "s", "alder")
    assert flag.read(tmp_path / "s").stops("northgate")


@given(st.binary(max_size=40).filter(lambda b: not b.startswith(b'{"')))
def test_a_flag_that_cannot_be_read_stops_everybody(tmp_path_factory, body):
    store = tmp_path_factory.mktemp("flag") / "s"
    beside(store, "pause").write_bytes(body)
    assert flag.read(store).stops("anybody")


def test_a_flag_is_taken_down_only_by_name(tmp_path):
    flag.put(tmp_path / "s", None)
    flag.taken_down(tmp_path / "s", flag.Flag(everyone=True))
    flag.taken_down(tmp_path / "s", flag.Flag(everyone=True))
    assert not flag.read(tmp_path / "s").stops("alder")
    assert not beside(tmp_path / "s", "pause").exists()


@pytest.mark.parametrize("later", ["northgate", None])
def test_a_flag_put_up_while_another_is_obeyed_stays_up(tmp_path, later):
    flag.put(tmp_path / "s", "alder")
    obeyed = flag.read(tmp_path / "s")
    flag.put(tmp_path / "s", later)
    flag.taken_down(tmp_path / "s", obeyed)
    assert flag.read(tmp_path / "s").stops("northgate")


def test_a_name_put_up_while_everybody_is_stopped_stays_up(tmp_path):
    flag.put(tmp_path / "s", None)
    obeyed = flag.read(tmp_path / "s")
    flag.put(tmp_path / "s", "alder")
    flag.taken_down(tmp_path / "s", obeyed)
    assert flag.read(tmp_path / "s") == flag.Flag(clients=("alder",))


def test_an_unknown_name_stays_up_and_is_told_of_while_the_known_one_is_obeyed(settings):
    for name in ("alder", "nobody"):
        flag.put(settings.store, name)
    engine = wiring.connect(settings.url)
    house = wiring.house(engine, settings)
    ticking.obey_flag(house, house.clock.now())
    problems = health.problems(house)
    engine.dispose()
    assert flag.read(settings.store) == flag.Flag(clients=("nobody",))
    assert any("'nobody'" in each for each in problems)
    assert any("Alder & Finch is paused" in each for each in problems)
