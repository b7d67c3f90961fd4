"""The month's review: who answered how, what agents' acts were followed by, what each rule did and cost."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from engine.commands import drafting, refining
from engine.model.effects import WORDS
from engine.model.errors import Fault
from engine.reporting.learning.people import AgentFigures, PersonFigures
from engine.reporting.learning.read import Review, review
from engine.reporting.learning.rules import RuleFigures, Suggested
from engine.reporting.words import MISSING, count, money, percent, stamp
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.parts.tones import phone

SAID = "review-said"


def asked_month(months: tuple[date, ...]) -> date:
    """The month in the address (its name, or 2026-11), or the running one; the picker writes it there."""
    names = {f"{m:%Y-%m}": m for m in months}
    given = st.query_params.get("month")
    if given in names and "month" not in st.session_state:
        st.session_state["month"] = given
    with st.container(key="seg-month"):
        picked = st.segmented_control(
            "Month",
            list(names),
            default=None if given in names else next(iter(names)),
            format_func=lambda key: f"{names[key]:%B %Y}",
            required=True,
            key="month",
            bind="query-params",
            label_visibility="collapsed",
        )
    return names.get(str(picked), months[0])


def table(rows: list[list[str]], columns: list[str], alt: str) -> None:
    """A table; on a phone one small block a row, without what is nought."""
    if phone():
        for name, *rest in rows:
            told = zip(columns[1:], rest, strict=True)
            pairs = [f"{c}: {v}" for c, v in told if v not in {MISSING, "0"}]
            if pairs:
                say(f"**{name}**  \n:small[{' · '.join(pairs)}]")
        return
    frame = pd.DataFrame([[safe(cell) for cell in row] for row in rows], columns=columns)
    st.table(frame, border="horizontal", hide_index=True, alt=alt)


def people(found: tuple[tuple[str, PersonFigures], ...]) -> None:
    """Per person: answers, how fast, how many hardly read."""
    with card("people", "People", "questions answered this month"):
        if not found:
            states.empty(
                "people",
                "Nobody answered a question this month.",
                "Answers are given in the inbox.",
            )
            return
        rows = [
            [
                plain(name),
                count(p.decided),
                count(p.approved),
                count(p.rejected),
                count(p.deferred),
                MISSING if p.seconds is None else f"{p.seconds:,.0f} s",
                percent(p.stamped),
                count(p.overrides),
            ]
            for name, p in found
        ]
        columns = [
            "Who",
            "Decided",
            "Approved",
            "Rejected",
            "Put off",
            "Median time",
            "Within 10 s",
            "Overrides",
        ]
        table(rows, columns, "Answers by person")
        note(
            "Median time runs from first opening the card to the answer. Within 10 s is the share of approvals given"
            " that soon: hardly read. An override is a yes to what a rule held back; rejected counts tightened bounds."
        )


def agents(found: tuple[AgentFigures, ...]) -> None:
    """Per agent: decisions, what the gate said, what followed."""
    with card("agents", "Agents", "decisions and outcomes this month"):
        if not found:
            states.empty(
                "agents",
                "No agent decided anything this month.",
                "The next pass is at the full hour.",
            )
            return
        rows = [
            [
                plain(a.agent.replace("_", " ").capitalize()),
                count(a.decided),
                count(a.allowed),
                count(a.escalated),
                count(a.blocked),
                count(a.overridden),
                count(a.turned_down),
                outcomes(a),
                hits(a),
            ]
            for a in found
        ]
        columns = [
            "Agent",
            "Decided",
            "Allowed",
            "Asked",
            "Blocked",
            "Overridden",
            "Turned down",
            "Outcomes",
            "Hit rate",
        ]
        table(rows, columns, "Decisions by agent")
        note(
            "Outcomes are those judged this month, 14 days after the act plus a week for figures to settle. Hit rate:"
            " better, of those something could be said of. Overridden: a person said yes to what a rule held back."
            " Most acts share their campaigns with others; the ledger says with how many."
        )


def hits(agent: AgentFigures) -> str:
    """The hit rate beside how many it is of."""
    said = sum(n for word, n in agent.outcomes.items() if word != "too_little")
    return MISSING if agent.hit_rate is None else f"{percent(agent.hit_rate)} of {said}"


def outcomes(agent: AgentFigures) -> str:
    """The outcomes judged, in words."""
    told = [f"{agent.outcomes[w]} {WORDS[w].lower()}" for w in WORDS if agent.outcomes.get(w)]
    return ", ".join(told) or MISSING


def rules(desk: Desk, client: str, view: Review) -> None:
    """Per rule: how often it spoke, what it cost, what its record suggests."""
    with card("rules", "Rules", "what each did, and what its bound cost"):
        if not view.rules:
            states.empty("rules", "No policy is in force.", "Write one under Guardrails.")
            return
        rows = [
            [
                plain(r.title),
                count(r.allowed),
                count(r.escalated),
                count(r.blocked),
                count(r.overridden),
                MISSING
                if r.cost_micros is None
                else f"about {money(r.cost_micros, view.currency)}",
            ]
            for r in view.rules
        ]
        table(
            rows, ["Rule", "Let through", "Asked", "Blocked", "Overridden", "Bound cost"], "Rules"
        )
        note(
            "Let through: acts of a kind the rule judges that it had nothing against. Bound cost: the expected"
            " revenue a day of each distinct act it held, times the days until carried out, rejected or the month's"
            " end; a dash where no gain was stated."
        )
    drafts = [r for r in view.rules if r.suggested is not None]
    with card("suggested", "Suggested changes", count(len(drafts), "rule")):
        if not drafts:
            say(
                "**Nothing to change.**  \nA rule not met in three months, or always overridden, appears here."
            )
        for r in drafts:
            suggested(desk, client, r)


def suggested(desk: Desk, client: str, rule: RuleFigures) -> None:
    """One rule's suggestion: a value and a draft, or what to look at."""
    found = rule.suggested
    assert found is not None
    if not found.path:
        say(f"**{plain(rule.title)}**  \n:small[{plain(found.why)}]")
        return
    say(
        f"**{plain(rule.title)}** · {plain(found.field)}: {plain(found.shown)}  \n:small[{plain(found.why)}]"
    )
    if desk.scope.role_for(client) in drafting.WRITERS:
        st.button(
            "Write the draft",
            key=f"draft-{rule.rule}",
            icon=":material/edit_note:",
            on_click=write,
            args=(desk, client, found),
        )
    else:
        note("A strategist or the team can write it as a draft.")


def write(desk: Desk, client: str, found: Suggested) -> None:
    """The draft, or the sentence why not."""
    try:
        version = refining.draft(
            desk.house,
            desk.scope,
            desk.now,
            client,
            path=found.path,
            value=found.value,
            why=found.why,
        )
    except Fault as fault:
        st.session_state[SAID] = (False, str(fault))
    else:
        st.session_state[SAID] = (
            True,
            f"Draft v{version} was written; a second person publishes it under Guardrails or not.",
        )


def said() -> None:
    """What the last button did."""
    told = st.session_state.pop(SAID, None)
    if told:
        (st.success if told[0] else st.error)(plain(told[1]))


def page() -> None:
    """The page."""
    desk = access.require("strategist", "admin")
    st.title("Review", anchor=False)
    client = access.one_client(desk, reads.client_names(desk))
    say(
        "**What the month taught: how people decided, what acts were followed by, what the rules held.**"
    )
    said()
    with states.guarded("The review"):
        months = review(desk.house.store, desk.scope, client, desk.now).months
        view = review(desk.house.store, desk.scope, client, desk.now, asked_month(months))
        zone = reads.about(desk, client)["time_zone"]
        note(f"To {view.until.day} {view.until:%B}, as of {stamp(desk.now, zone, desk.now)}.")
        people(view.people)
        agents(view.agents)
        rules(desk, client, view)


page()
