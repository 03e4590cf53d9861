"""The Home tab, the settings modal and the shortcut's answer at a glance, and what must hold for each of them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message.home import TITLE_LENGTH, Home, Lately, Settled, home_view
from bot.message.limits import faults
from bot.message.settings_modal import read_settings, settings_view
from catalog.lookup import Catalog
from tests.message.golden_places import FOLDER, as_json, views
from tests.slack.blockkit import complaints

NAMES = tuple("home home-new home-no-editor home-foreign home-no-state settings settings-new notice estimate".split())
SURFACES = {"home": "home", "modal": "modal", None: "message"}


@pytest.mark.parametrize("name", NAMES)
def test_it_looks_as_it_did(catalog: Catalog, name: str) -> None:
    assert as_json(views(catalog)[name]) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_slack_would_take_it(catalog: Catalog, name: str) -> None:
    view = views(catalog)[name]
    assert not faults(view["blocks"], view.get("text", ""), is_view="type" in view)
    assert not complaints(view["blocks"], view.get("text"), surface=SURFACES[view.get("type")])


TEXTS = st.text(min_size=1, max_size=30).flatmap(lambda text: st.integers(1, 20).map(lambda times: text * times))
LATELY = st.builds(Lately, TEXTS, TEXTS, st.just("2026-11-22"), st.booleans())
SETTLED = st.builds(
    Settled,
    st.booleans(),
    st.fractions(0, 1, max_denominator=1000),
    st.lists(st.integers(1, 10**15), min_size=1, max_size=5).map(tuple),
    st.lists(TEXTS, max_size=20).map(tuple),
    st.booleans(),
    st.lists(st.just("U1"), max_size=30).map(tuple),
)


@settings(max_examples=10)
@given(st.lists(LATELY, max_size=10), SETTLED)
def test_whatever_stands_in_it_slack_would_take_the_home_tab(recent: list[Lately], settled: Settled) -> None:
    view = home_view(Home("/compare", "Prices <of> today", recent, settled))
    assert not faults(view["blocks"], "", is_view=True)
    assert not complaints(view["blocks"], surface="home")


@given(st.fractions(0, 1, max_denominator=1000), st.lists(st.integers(1, 10**15), min_size=1, max_size=5, unique=True))
def test_settings_that_are_saved_as_they_are_shown_stay_the_same(share: Fraction, volumes: list[int]) -> None:
    fields = {block["block_id"]: block["element"] for block in settings_view("asker", share, volumes, (), ())["blocks"]}
    said = {
        "seen": {"selected_option": fields["seen"]["initial_option"]},
        "split": {"selected_option": fields["split"]["initial_option"]},
        "volumes": {"value": fields["volumes"]["initial_value"]},
    }
    filled = read_settings({name: {name: element} for name, element in said.items()})
    assert not filled.errors
    assert filled.volumes == tuple(sorted(volumes))
    assert filled.visibility == "asker"
    assert abs(Fraction(filled.input_share) - share) < Fraction(1, 10**9)


def test_long_titles_are_cut_before_slack_would_refuse_them() -> None:
    settled = Settled(True, Fraction(1, 2), (1_000_000,), (), may_change=True)
    view = home_view(Home("/compare", "Prices", (Lately("&" * 5_000, "/compare x", "2026-11-22", False),), settled))
    assert not faults(view["blocks"], "", is_view=True)
    assert "&amp;" * TITLE_LENGTH in str(view)
