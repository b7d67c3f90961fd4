import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.exports import shapes
from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import Limits, read_bytes

NAMES = st.sampled_from(sorted(shapes.ALL))
MICROS = {"Cost": "cost_micros", "Conv. value": "conversion_value_micros"}
MICROS |= {"Amount": "amount_micros", "close_value": "amount_micros"}


def check_account(found: Export) -> None:
    """Every line is a row or a refusal, every sum is the sum of the rows that were kept."""
    assert found.read == found.rows.num_rows + len(found.refused)
    keys = found.rows["row_key"].to_pylist()
    assert len(set(keys)) == len(keys)
    for header, total in found.totals.items():
        name, _, currency = header.partition(" (")
        if name in MICROS:
            rows = zip(
                found.rows[MICROS[name]].to_pylist(),
                found.rows["currency"].to_pylist(),
                strict=True,
            )
            wanted = currency.rstrip(")")
            kept = sum(
                micros
                for micros, code in rows
                if micros and (not wanted or (code or "no currency") == wanted)
            )
            assert Decimal(kept) / 10**6 == total.rows
    if "extra" in found.rows.column_names:
        for text in found.rows["extra"].to_pylist():
            assert isinstance(json.loads(text), dict)


@st.composite
def mutated(draw):
    name = draw(NAMES)
    data = bytearray(shapes.ALL[name].encode(draw(st.sampled_from(["utf-8", "utf-16"]))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        what = draw(st.sampled_from(["flip", "cut", "drop", "put", "twice"]))
        if what == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif what == "cut":
            del data[at:]
        elif what == "drop":
            del data[at : at + draw(st.integers(1, 40))]
        elif what == "put":
            data[at:at] = draw(
                st.sampled_from([b'"', b",", b"\n", b"\t", b"-", b"\x00", b"9", b"\xff"])
            )
        else:
            data[at:at] = data[max(at - 60, 0) : at]
    return name, bytes(data)


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_damaged_files_are_refused_or_accounted_for_line_by_line(case):
    name, data = case
    try:
        (found,) = read_bytes(name, data)
    except BadInput:
        return
    check_account(found)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_zips_are_refused_or_accounted_for(data):
    packed = bytearray(shapes.zipped({n: t for n, t in shapes.ALL.items() if "(" in n}))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_bytes("cards.zip", bytes(packed), Limits(unpacked=10**6))
    except BadInput:
        return
    for export in found:
        check_account(export)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_raise_nothing_but_bad_input(data):
    with pytest.raises(BadInput):
        read_bytes("any.csv", data)


@pytest.mark.parametrize("name", shapes.ALL)
def test_reading_twice_gives_the_same_rows_under_the_same_keys(name):
    data = shapes.ALL[name].encode()
    (first,), (second,) = read_bytes(name, data), read_bytes(name, data)
    assert first == second
    check_account(first)


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(3)), NAMES.filter(lambda name: name in {"daily.csv", "hubspot.csv"}))
def test_the_order_of_lines_changes_no_key_and_no_sum(order, name):
    lines = shapes.ALL[name].splitlines(keepends=True)
    head, body = lines[:-3], lines[-3:]
    (plain,) = read_bytes(name, "".join(lines).encode())
    (mixed,) = read_bytes(name, "".join([*head, *(body[at] for at in order)]).encode())
    assert set(mixed.rows["row_key"].to_pylist()) == set(plain.rows["row_key"].to_pylist())
    assert mixed.totals == plain.totals


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_any_name_at_all_passes_unchanged_and_moves_no_money(campaign):
    quoted = '"' + campaign.replace('"', '""') + '"'
    (found,) = read_bytes("daily.csv", shapes.DAILY.replace("Brand", quoted, 1).encode())
    if campaign.startswith("Total:"):
        return
    kept = found.rows["campaign"].to_pylist()[0]
    assert kept == (None if campaign.strip() in {"", "--", "—"} else campaign)
    assert found.totals["Cost"].rows == Decimal("4.50")
