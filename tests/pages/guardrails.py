"""The guardrails page as a test enters it, and what lies in the store behind it."""

import json

from streamlit.testing.v1 import AppTest

from engine.store import policies
from engine.store.passes import policy_in_force
from engine.store.policies import AGENCY
from tests.pages.conftest import APP, words
from tests.pages.small import NOW

C = "northgate"
STEP = "guardrails.step_size.max_share"
WINDOW = "guardrails.movement.window_days"
YOUTUBE = "guardrails.channel_daily.channels.youtube.min_daily"
PHRASES = "guardrails.forbidden_words.phrases"


def page(person="maya", client=C, layer="client", **query):
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.session_state["demo_person"] = person
    at.session_state["client"] = client  # as picked on another page
    at.session_state["layer"] = layer
    if person != "maya":  # it is her first page
        at.run()
        at.switch_page("pages/team/guardrails.py")
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def shown(at):
    return words(at).replace("\\", "")


def box(at, path):
    """The widget of a field, whatever its kind and whatever the form started from."""
    kinds = ("number_input", "text_input", "text_area", "selectbox", "multiselect")
    return next(w for k in kinds for w in at.get(k) if w.key and w.key.endswith(f" {path}"))


def click(at, key):
    button = next(b for b in at.button if b.key and b.key.startswith(key))
    button.click().run()
    assert not at.exception
    return at


def stored(place, client=C):
    with place.read() as conn:
        return policies.history(conn, client)


def in_force(place, client=C):
    with place.read() as conn:
        return policy_in_force(conn, client)


def agency(place, version=1, **values):
    """Values of the agency in force."""
    from policies.drafting.layers import nested

    def write(conn):
        number = policies.save_draft(conn, AGENCY, json.dumps(nested(values, ())), "maya", NOW)
        policies.publish(conn, AGENCY, number, "tom", NOW)

    place.write(write)


def inheriting(place, *paths):
    """The policy in force leaves these values to the agency."""

    def write(conn):
        from policies.drafting.versions import values_of

        now = policies.current(conn, C)
        own = {p: v for p, v in values_of(now.body_json).items() if p not in paths}
        number = policies.save_draft(
            conn, C, now.body_json, "maya", NOW, own_json=json.dumps(own), agency_version=1
        )
        policies.publish(conn, C, number, "tom", NOW)

    place.write(write)
