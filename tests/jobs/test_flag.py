from hypothesis import given
from hypothesis import strategies as st

from jobs import flag
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
    flag.taken_down(tmp_path / "s")
    flag.taken_down(tmp_path / "s")
    assert not flag.read(tmp_path / "s").stops("alder")
