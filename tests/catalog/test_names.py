"""Names as people type them: exact before fuzzy, digits never fuzzy, the maker's own API first."""

import csv

import pytest

from catalog.lookup import Catalog
from catalog.names import Ambiguous, Named, Unknown, UnknownHost
from tests.conftest import SHARED

SPELLINGS = {
    "gpt5.4": "openai/gpt-5.4",
    "4.1 mini": "openai/gpt-4.1-mini",
    "GPT-5.4": "openai/gpt-5.4",
    "openai/gpt-4.1-mini": "openai/gpt-4.1-mini",
    "sonnet 4.5": "anthropic/claude-sonnet-4-5",
    "Opus 5.5": "anthropic/claude-opus-5-5",
    "claude 3.7 sonnet": "anthropic/claude-3-7-sonnet-latest",
    "kimi k2.6": "moonshotai/kimi-k2.6",
    "mistral large 4": "mistral/mistral-large-4",
    "Command A": "cohere/command-a",
    "command r+": "cohere/command-r-plus",
    "deepseek v3.2": "deepseek/deepseek-v3.2",
    "grok 4.20": "x-ai/grok-4.20",
    "o3": "openai/o3",
    "gpt-oss-120b": "openai/gpt-oss-120b",
    "GLM 5.3": "zai/GLM-5.3",
    "nova pro": "aws/amazon.nova-pro-v1:0",
    "azure/o3-mini": "azure/o3-mini",
    "aws/openai.gpt-5.5": "aws/openai.gpt-5.5",
    "google/claude-opus-5-5": "google/claude-opus-5-5",
    "gpt-4.1-mini-2025-04-14": "openai/gpt-4.1-mini",
    "mini gpt 4.1": "openai/gpt-4.1-mini",
    "claude-opus-5-5-20260922": "anthropic/claude-opus-5-5",
    "gemini 3.1 pro": "google/gemini-3.1-pro-preview",
    "haiku claude 4.5": "anthropic/claude-haiku-4-5",
    "openai.gpt-5.4": "aws/openai.gpt-5.4",
    "global.anthropic.claude-opus-5-5": "aws/global.anthropic.claude-opus-5-5",
}


@pytest.mark.parametrize(
    "typed", ["gpt-5.4-2025-01-01", "claude-opus-5-5-20990101", "claude-opus-5-5-20269999", "grok-4.7-20261201"]
)
def test_an_invented_snapshot_is_unknown(catalog: Catalog, typed: str) -> None:
    """A pattern of dated ids takes only dates about the release."""
    assert isinstance(catalog.names.find(typed), Unknown)


@pytest.mark.parametrize(("typed", "meant"), SPELLINGS.items())
def test_a_name_is_found_however_it_is_spelt(catalog: Catalog, typed: str, meant: str) -> None:
    """Case, spaces, dots, hyphens, word order and a missing maker word do not matter."""
    found = catalog.names.find(typed)
    assert isinstance(found, Named)
    assert found.offering == meant


@pytest.mark.parametrize(
    "typed", ["gpt 5.6", "claude 4.5", "claude", "mini", "gemini flash", "gpt-6", "opus", "llama 3.3 70b", "gpt-5.6"]
)
def test_what_fits_several_is_asked_back_never_guessed(catalog: Catalog, typed: str) -> None:
    """A version without its variant, a bare family, a model that only hosts sell."""
    found = catalog.names.find(typed)
    assert isinstance(found, Ambiguous)
    assert len(found.choices) > 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gemni 3.5 flash", "google/gemini-3.5-flash"),
        ("clade opus 5.5", "anthropic/claude-opus-5-5"),
        ("claude-sonet-4-6", "anthropic/claude-sonnet-4-6"),
        ("gpt-4.1-mni", "openai/gpt-4.1-mini"),
        ("gemini-2.5-flsh", "google/gemini-2.5-flash"),
        ("gtp-5.4", "openai/gpt-5.4"),
    ],
)
def test_a_misspelling_is_said_and_read_as_the_nearest(catalog: Catalog, typed: str, meant: str) -> None:
    """Only where letters alone are off and one name is clearly nearest."""
    found = catalog.names.find(typed)
    assert isinstance(found, Unknown)
    assert found.nearest == meant
    assert found.suggestions[0] == meant


@pytest.mark.parametrize(
    "typed",
    ["gpt-5.9", "gpt-9 ultra", "blorptron-3b", "llama-9000", "opus 6.7", "gpt-4o-latest", "claude-opus-4-50000"],
)
def test_a_different_number_is_never_a_misspelling(catalog: Catalog, typed: str) -> None:
    """Nothing is answered for a version that there is not, nor through a loose prefix rule."""
    found = catalog.names.find(typed)
    assert isinstance(found, Unknown)
    assert found.nearest is None
    assert len(found.suggestions) <= 3


def test_a_host_is_kept_to(catalog: Catalog) -> None:
    """A host's price is never taken from another host."""
    assert catalog.names.find("gpt-5.4", "aws") == Named("aws/openai.gpt-5.4")
    missing = catalog.names.find("gpt-5.4", "azure")
    assert isinstance(missing, UnknownHost)
    assert missing.suggestions[0] == "openai/gpt-5.4"


def test_every_offering_is_found_by_its_own_full_id(catalog: Catalog) -> None:
    """Pasted ids work, all of them."""
    lost = [
        id_
        for id_ in catalog.offerings
        if catalog.names.find(id_, id_.split("/")[0]) not in (Named(id_), Named(id_, assumed=True))
    ]
    assert lost == []


def test_the_latest_of_a_family_is_the_newest_by_release(catalog: Catalog) -> None:
    """ "latest opus" is a model with a name and a version."""
    assert catalog.names.newest(["opus"]) == Named("anthropic/claude-opus-5-5", assumed=True)
    assert catalog.names.newest(["blorp"]) is None


SURE = ("exact", "dated-variant", "row")


def test_real_spellings_resolve_right_and_never_to_another_maker(catalog: Catalog) -> None:
    """The collected aliases whose target is sure, where they lie beside the repository; our own names everywhere."""
    rows = [
        {"alias": typed, "expected_provider": meant.split("/")[0], "expected_model_id": meant.split("/", 1)[1]}
        for typed, meant in SPELLINGS.items()
    ]
    collected = SHARED / "data" / "aliases.csv"
    if collected.exists():
        with collected.open(encoding="utf-8", newline="") as file:
            rows += [
                row
                for row in csv.DictReader(file)
                if any(word in row["basis"] for word in SURE)
                and "genai-match-rule" not in row["basis"]
                and "fallback" not in row["basis"]
            ]
    wrong, strangers = [], []
    for row in rows:
        wanted = f"{row['expected_provider']}/{row['expected_model_id']}"
        plain, hinted = catalog.names.find(row["alias"]), catalog.names.find(row["alias"], row["expected_provider"])
        named = [each.offering for each in (plain, hinted) if isinstance(each, Named)]
        if wanted not in named:
            wrong.append((row["alias"], wanted, named))
            maker = catalog.model(catalog.offerings[wanted]).maker
            strangers += [
                (row["alias"], wanted, each) for each in named if catalog.model(catalog.offerings[each]).maker != maker
            ]
    assert strangers == []
    assert len(wrong) <= 0.005 * len(rows), wrong
