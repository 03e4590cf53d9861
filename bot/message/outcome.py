"""A comparison as a workflow step hands it on: verdict, winner and costs, as texts. Pure."""

from typing import NamedTuple

from bot.message.message import problem_lines
from bot.reply import Reply
from bot.wording import tokens as shown_tokens
from bot.wording import usd
from catalog.lookup import Catalog

COMPARING = ("compare", "cheapest")
NOT_TWO = "Name two to six models, as in: gpt-4.1-mini, gpt-5.4."
NOT_READ = "“{}” is no usage that I can read. Write it as in: 100M tokens a month, 80% input, on batch."
NO_WINNER = "none"


class Outcome(NamedTuple):
    """What the step puts out; every number in it is a figure of the reply."""

    verdict: str
    winner: str
    costs: str


def outcome(made: Reply, catalog: Catalog) -> Outcome | None:
    """What a reply comes to; None where it is no comparison of understood models with costs."""
    costs = _costs(made, catalog)
    is_open = any(each.kind in ("ambiguous_model", "unknown_host", "bad_amount") for each in made.answer.problems)
    if made.question.kind not in COMPARING or len(made.question.models) < 2 or is_open or not costs:
        return None
    winner = made.answer.winner
    named = catalog.display_name(catalog.offerings[winner]) if winner else NO_WINNER
    return Outcome(made.answer.headline, named, "\n".join(costs))


def why_none(made: Reply, catalog: Catalog) -> str:
    """Why a reply has no outcome, in one or two sentences."""
    lines = problem_lines(made.answer, catalog)
    if any(f"“{each.text}”" in made.answer.headline for each in made.answer.problems if each.text):
        lines.insert(0, made.answer.headline)  # it names what the lines then leave out
    if lines:
        return " ".join(lines)
    is_short = all(each.kind == "missing_model" for each in made.answer.problems)
    return NOT_TWO if is_short else made.answer.headline


def _costs(made: Reply, catalog: Catalog) -> list[str]:
    """A line for each model and volume, in the order in which the reply has them."""
    question = made.question
    stated = question.workload.tokens
    volumes = (question.volumes or question.defaults.volumes) if stated is None else (stated,)
    lines = []
    for each in made.answer.figures:
        is_asked = each.name == "monthly_cost" and each.on is None and each.hours is None and len(each.models) == 1
        if is_asked and each.models[0] in question.models and int(each.tokens or 0) in volumes:
            name = catalog.display_name(catalog.offerings[each.models[0]])
            lines.append(f"{name}: {usd(each.decimal)} a month at {shown_tokens(int(each.tokens or 0))} tokens")
    return lines
