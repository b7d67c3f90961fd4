"""One value of a policy as a person types it: a widget by its kind, where the value comes from, what is wrong with it.

Knows no rule: it draws whatever the models describe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from engine.reporting.policies.form import Card, FieldView
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe, small

WIDE = frozenset({"choices", "words", "rows", "entries"})
REMOVED = "remove"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
CURRENCY_ICONS = {"GBP": "currency_pound", "USD": "attach_money", "EUR": "euro"}
YES_NO = {True: "Yes", False: "No"}
Sentences = Mapping[str, tuple[str, ...]]
"""What is wrong, by the path of its field or card."""


def key_of(form: str, path: str) -> str:
    """The session key of a field's widget; ``form`` names what the form started from."""
    return f"policy {form} {path}"


def typed_in(form: str, one: FieldView) -> Any:
    """What a field holds now; of entries those that are not taken out and have anything written."""
    key = key_of(form, one.path)
    if one.kind != "entries":
        return st.session_state.get(key)
    found = []
    for number in range(len(one.value or ()) + 1):
        cells = {c.path: st.session_state.get(_cell(key, number, c.path)) for c in one.columns}
        written = {name: raw for name, raw in cells.items() if raw not in (None, "", [])}
        if written and not st.session_state.get(_cell(key, number, REMOVED)):
            found.append(written)
    return found


def _cell(key: str, number: int, name: str) -> str:
    return f"{key} {number} {name}"


def block(
    form: str,
    one: Card,
    currency: str,
    wrong: Sentences,
    *,
    disabled: bool,
    clear: Callable[..., None] | None = None,
) -> None:
    """One card: its fields side by side, long lists across it."""
    with card(f"{form}-{one.path}".replace(".", "-"), one.title, plain(one.help)):
        mistakes(wrong.get(one.path, ()))
        narrow = [f for f in one.fields if f.kind not in WIDE]
        if narrow:
            grid = st.grid(2, min_column_width=230)
            for each in narrow:
                with grid.cell():
                    field(form, each, currency, wrong, disabled=disabled, clear=clear)
        for each in (f for f in one.fields if f.kind in WIDE):
            field(form, each, currency, wrong, disabled=disabled, clear=clear)


def field(
    form: str,
    one: FieldView,
    currency: str,
    wrong: Sentences,
    *,
    disabled: bool,
    clear: Callable[..., None] | None = None,
) -> None:
    """One field with its origin under it."""
    with st.container(gap="xsmall"):
        DRAWN[one.kind](one, key_of(form, one.path), currency, disabled)
        told(one, wrong)
    if one.clears and clear is not None and not disabled:
        st.form_submit_button(
            "Use the agency's value",
            key=f"clear {form} {one.path}",
            type="tertiary",
            icon=":material/undo:",
            on_click=clear,
            args=(key_of(form, one.path),),
        )


def told(one: FieldView, wrong: Sentences) -> None:
    """What stands under a field: what is wrong, what is in force, where the value comes from, what follows."""
    mistakes(wrong.get(one.path, ()))
    icon = "keyboard_double_arrow_up" if one.value is None and one.inherited else ""
    mark = f":material/{icon}: " if icon else ""
    if one.changed:
        say(f":small[:orange[:material/edit: In force: {plain(one.changed)}]]")
    if one.origin:
        note(f"{mark}{plain(one.origin)}")
    if one.hint:
        note(f":material/shield: {plain(one.hint)}")


def mistakes(sentences: Sequence[str]) -> None:
    """What is wrong here."""
    for sentence in sentences:
        say(f":small[:red[:material/error: {plain(sentence)}]]")


def _number(one: FieldView, key: str, icon: str | None, disabled: bool, **form: Any) -> None:  # noqa: FBT001
    st.number_input(
        one.label,
        value=one.value,
        key=key,
        help=one.help or None,
        icon=icon,
        placeholder=one.inherited.removesuffix("%") or one.empty,
        disabled=disabled,
        **form,
    )


def _money(one: FieldView, key: str, currency: str, disabled: bool) -> None:  # noqa: FBT001
    icon = CURRENCY_ICONS.get(currency)
    _number(one, key, icon and f":material/{icon}:", disabled, step=10.0, format="%.2f")


def _share(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    _number(one, key, ":material/percent:", disabled, step=1.0, format="%g")


def _whole(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    _number(one, key, None, disabled, step=1)


def _pick(one: FieldView, key: str, words: Mapping[Any, str], disabled: bool) -> None:  # noqa: FBT001
    empty = f"As {one.source}: {one.inherited}" if one.inherited else one.empty
    choices = {None: empty, **words}
    st.selectbox(
        one.label,
        list(choices),
        index=list(choices).index(one.value),
        format_func=lambda value: choices[value],
        key=key,
        help=one.help or None,
        disabled=disabled,
    )


def _choice(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    _pick(one, key, {v: w[:1].upper() + w[1:] for v, w in one.choices.items()}, disabled)


def _yes_no(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    _pick(one, key, YES_NO, disabled)


def _choices(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    every = {"all": "all"} if one.everything else {}
    words = {**one.choices, **every, one.none: "none of them"}
    st.multiselect(
        one.label,
        list(words),
        default=one.value,
        format_func=lambda value: words[value],
        key=key,
        help=one.help or None,
        placeholder=one.inherited or one.empty,
        disabled=disabled,
    )


def _text(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    st.text_input(
        one.label,
        value=one.value,
        key=key,
        help=one.help or None,
        placeholder=one.inherited or one.empty,
        max_chars=200,
        disabled=disabled,
    )


def _date(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    st.date_input(
        one.label,
        value=one.value,
        key=key,
        help=one.help or None,
        min_value=EARLIEST,
        max_value=LATEST,
        format="DD/MM/YYYY",
        disabled=disabled,
    )


def _url(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    st.text_input(
        one.label,
        value=one.value,
        key=key,
        help=one.help or None,
        icon=":material/link:",
        placeholder=one.inherited or "https://",
        max_chars=500,
        disabled=disabled,
    )


def _entries(one: FieldView, key: str, currency: str, disabled: bool) -> None:  # noqa: FBT001
    """Each entry folded under its name, then an empty one to add another."""
    rows = list(one.value or ())
    for number, row in enumerate(rows):
        with st.expander(plain(str(row.get(one.columns[0].path, "")))):
            _entry(one, row, (key, number), currency, disabled=disabled)
            st.checkbox(
                "Take it out", key=_cell(key, number, REMOVED), value=False, disabled=disabled
            )
    if not disabled:
        with st.expander("Add another" if rows else "Add the first", icon=":material/add:"):
            _entry(one, {}, (key, len(rows)), currency, disabled=False)
    if not rows:
        note("Nothing is written yet.")


def _entry(
    one: FieldView,
    row: Mapping[str, Any],
    place: tuple[str, int],
    currency: str,
    *,
    disabled: bool,
) -> None:
    grid = st.grid(2, min_column_width=210)
    for column in one.columns:
        filled = replace(column, value=row.get(column.path))
        with grid.cell():
            DRAWN[column.kind](filled, _cell(*place, column.path), currency, disabled)


def _lines(one: FieldView, key: str, _: str, disabled: bool) -> None:  # noqa: FBT001
    lines = str(one.value or "").count("\n") + 1
    st.text_area(
        one.label,
        value=one.value,
        key=key,
        help=one.help or None,
        height=min(max(3, lines + 1), 12) * 24 + 18,
        placeholder=one.inherited or one.empty,
        disabled=disabled,
    )
    shape = f"One a line: {one.pattern}" if one.pattern else "One a line"
    say(small(safe(plain(f"{shape}. Write {one.none} for an empty list."))))


DRAWN: Mapping[str, Callable[[FieldView, str, str, bool], None]] = {
    "money": _money,
    "share": _share,
    "whole": _whole,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
    "words": _lines,
    "rows": _lines,
    "date": _date,
    "url": _url,
    "entries": _entries,
}
"""The widget of each kind; a test holds it against every kind there is."""
