"""The form: one card a rule, drawn from the models; the rule asked for in the address comes first."""

from __future__ import annotations

import streamlit as st

from engine.commands.policies import Opened
from engine.reporting.policies.form import Card
from engine.reporting.policies.read import preset_names
from engine.reporting.policies.view import Page
from pages.parts import policy_fields, states
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.team import guardrails_acts as acts

PRESETS = {"b2b_services": "B2B services", "ecommerce": "E-commerce"}
ALL = "All rules"


def show(view: Page) -> None:
    """The form, or how to begin where there is no policy; nothing beside an earlier version."""
    if view.old is not None:
        return
    if not view.cards:
        begin(view)
        return
    form = name(view)
    wrong = acts.wrong(form)
    if wrong:
        count = sum(len(s) for s in wrong.values())
        st.error(
            f"Not saved: {count} {'thing' if count == 1 else 'things'} to mend. What you typed is still here.",
            icon=":material/error:",
        )
        policy_fields.mistakes(wrong.get("", ()))
    if view.preset:
        st.info(
            f"Filled from the preset {PRESETS.get(view.preset, plain(view.preset))}. Check every value, then save.",
            icon=":material/edit_note:",
        )
    first, rest, folded = arranged(view)
    with st.form(f"form {form}", border=False, enter_to_submit=False):
        if view.editable:
            send(form, view, "top")
        draw(form, view, first, wrong)
        draw(form, view, rest, wrong)
        if folded:
            hurt = any(path.startswith("triggers") for path in wrong)
            with st.expander(f"Escalation triggers ({len(folded)})", expanded=hurt):
                draw(form, view, folded, wrong)
        send(form, view, "end")
        note(
            "An empty field takes the agency's value, where it has one. Saving puts nothing in force."
        )


def name(view: Page) -> str:
    """What the form started from: another start is another form, with its own typed values."""
    found = view.material
    start = view.opened.version if view.opened else view.preset or "new"
    return f"{found.client.strip('@')} {start} {found.above.version or 0}"


def arranged(view: Page) -> tuple[list[Card], list[Card], list[Card]]:
    """The rule asked for, the others, and the triggers, which stay folded."""
    titles = {c.name: c.title for c in view.cards}
    asked = st.query_params.get("rule", "")
    chosen = st.selectbox(
        "Rule to begin with",
        ["", *titles],
        index=["", *titles].index(asked) if asked in titles else 0,
        format_func=lambda key: titles.get(key, ALL),
        key=f"rule {name(view)}",
        on_change=_asked,
        args=(f"rule {name(view)}",),
        width=320,
        label_visibility="collapsed",
    )
    first = [c for c in view.cards if c.name == chosen]
    others = [c for c in view.cards if c.name != chosen]
    return (
        first,
        [c for c in others if c.section != "triggers"],
        [c for c in others if c.section == "triggers"],
    )


def draw(form: str, view: Page, cards: list[Card], wrong: policy_fields.Sentences) -> None:
    """Cards one under the other."""
    for one in cards:
        policy_fields.block(
            form,
            one,
            view.material.currency,
            wrong,
            disabled=not view.editable,
            clear=acts.clear,
        )


def send(form: str, view: Page, place: str) -> None:
    """The button, above and below the cards, or why there is none."""
    if not view.editable:
        note("You may read these values; strategists and the team write them.")
        st.form_submit_button("Save draft", disabled=True, key=f"save {place} {form}")
        return
    draft = view.review.version if view.review else None
    base = _base(view)
    fields = tuple(f for c in view.cards for f in c.fields)
    st.form_submit_button(
        "Save as a new draft" if draft is None else f"Save over draft v{draft}",
        type="secondary" if view.review and not view.review.refusal else "primary",
        icon=":material/save:",
        key=f"save {place} {form}",
        on_click=acts.save,
        args=(view.material.client, form, fields, Opened(base, draft, view.preset)),
    )


def begin(view: Page) -> None:
    """No policy yet: a preset to start from."""
    if not view.editable:
        states.empty("policy", "No policy yet.", "The team or a strategist writes the first one.")
        return
    with card("empty-policy"):
        say(
            "**No policy yet, so the platform only pauses.**  \n"
            "Start from a preset: it fills the form and keeps nothing until you save."
        )
        with st.container(horizontal=True):
            for key in preset_names():
                st.button(
                    PRESETS.get(key, plain(key)),
                    key=f"preset-{key}",
                    on_click=acts.start,
                    args=(key,),
                )


def _base(view: Page) -> int:
    if view.review is not None and view.opened is not None and view.opened.base is not None:
        return view.opened.base
    return view.in_force.version if view.in_force else 0


def _asked(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        st.query_params["rule"] = chosen
    else:
        st.query_params.pop("rule", None)
