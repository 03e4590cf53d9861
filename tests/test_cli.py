"""The real command, as a person or a script runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments: str, catalog: Path | str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run comparebot in a process of its own, with nothing of Slack in its environment."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COMPAREBOT_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
        env=plain | {"COMPAREBOT_CATALOG": str(catalog)} | environment,
    )


def test_ask_answers_for_a_person(catalog_path: Path) -> None:
    """Words, a table, and where the prices come from."""
    done = run("ask", "/compare gpt-4.1-mini gpt-5.4", "--as-of", "2026-11-22", catalog=catalog_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("Take GPT-4.1 Mini")
    assert "genai-prices" in done.stdout


def test_ask_takes_its_words_unquoted_and_prints_one_json_object(catalog_path: Path) -> None:
    """The contract's Reply, all keys there, money as text."""
    done = run(
        "ask", "--json", "--as-of", "2026-11-22", "which", "is", "cheaper:", "gpt-5", "or", "o3?", catalog=catalog_path
    )
    reply = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert set(reply) >= {"question", "answer", "message"}
    assert set(reply["question"]) >= {
        "kind",
        "models",
        "workload",
        "filters",
        "money",
        "need",
        "benchmark",
        "attribute",
        "on",
        "as_of",
    }
    assert set(reply["answer"]) >= {
        "headline",
        "winner",
        "verdict",
        "picks",
        "untested",
        "models",
        "figures",
        "problems",
    }
    assert reply["question"]["as_of"] == "2026-11-22"
    assert all(isinstance(figure["value"], str) for figure in reply["answer"]["figures"])


def test_chat_is_one_thread_until_new_and_answers_each_line_at_once(catalog_path: Path) -> None:
    """An empty line is an empty turn, backslash n a line break, /new prints nothing."""
    turns = [
        "/compare gpt-4.1-mini gpt-5.4",
        "which is cheaper at 100M tokens?",
        "",
        "/new",
        "which is cheaper at 100M tokens?",
        "opus 5.5\\nor gpt-5.4?",
    ]
    done = run("chat", "--json", "--as-of", "2026-11-22", catalog=catalog_path, text="\n".join(turns) + "\n")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["question"]["kind"] for each in replies] == ["compare", "cheapest", "help", "cheapest", "cheapest"]
    assert replies[1]["answer"]["winner"] == "openai/gpt-4.1-mini"
    assert replies[3]["answer"]["problems"][0]["kind"] == "missing_model"
    assert len(replies[4]["question"]["models"]) == 2


def test_a_price_of_another_day_is_used_when_asked_for(catalog_path: Path) -> None:
    """As of July, GPT-5.6 Luna cost five times as much."""
    found = [
        json.loads(run("ask", "--json", "--as-of", day, "price of gpt-5.6-luna", catalog=catalog_path).stdout)[
            "answer"
        ]["figures"][0]["value"]
        for day in ("2026-07-15", "2026-11-22")
    ]
    assert found == ["1", "0.2"]


def test_a_missing_catalog_is_built(tmp_path: Path) -> None:
    """Without a question asked."""
    path = tmp_path / "new" / "catalog.sqlite"
    done = run("catalog", "status", catalog=path)
    assert done.returncode == 0
    assert "2,330 offerings" in done.stdout
    assert path.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "--as-of", "yesterday", "x"), "'yesterday' is not a day"),
        (("nonsense",), "invalid choice"),
        ((), "required"),
        (("manifest",), "required"),
        (("serve",), "SLACK_SIGNING_SECRET"),
    ],
)
def test_wrong_usage_and_bad_configuration_end_with_status_2_and_a_clear_line(
    catalog_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Never a traceback."""
    done = run(*arguments, catalog=catalog_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_catalog_ends_with_status_2_and_one_line(tmp_path: Path) -> None:
    """It says which file and what to do."""
    broken = tmp_path / "catalog.sqlite"
    broken.write_bytes(b"this is not a database" * 100)
    done = run("ask", "hello", catalog=broken)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert str(broken) in done.stderr
    assert "delete it" in done.stderr


def test_a_reader_that_goes_away_is_no_error(catalog_path: Path) -> None:
    """`comparebot chat | head -1` ends quietly."""
    command = f"yes 'gpt-5.4 vs opus 5.5' | head -200 | {sys.executable} -m bot chat --json | head -1"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
        env=os.environ | {"COMPAREBOT_CATALOG": str(catalog_path)},
    )
    assert json.loads(done.stdout)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("way", [("--socket",), ("--url", "https://bot.example.com")])
def test_the_manifest_is_printed_for_both_ways(catalog_path: Path, way: tuple[str, ...]) -> None:
    """With the command's own name when it is renamed."""
    made = json.loads(run("manifest", *way, "--command", "/llmcost", catalog=catalog_path).stdout)
    assert made["features"]["slash_commands"][0]["command"] == "/llmcost"
    assert made["settings"]["socket_mode_enabled"] == (way[0] == "--socket")
