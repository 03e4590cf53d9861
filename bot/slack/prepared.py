"""A reply made ready to go: with its controls, and with the note of the workspace where only members see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.message.controls import Standing, with_controls
from bot.message.estimate import count_line, with_count
from bot.message.message import escaped
from bot.reply import Reply
from bot.slack.asked import Asked
from bot.slack.delivery import Letter
from bot.slack.scenario import Kept
from bot.slack.scopes import FILES
from bot.slack.sharing import with_note
from bot.state import WorkspaceSettings, settings_for_actor
from bot.tokens import COUNTED_BY, ENCODING, is_exact_for
from catalog.lookup import Catalog


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reply, its message, and the scenarios to keep before it is sent: its own first."""

    reply: Reply
    letter: Letter
    kept: tuple[Kept, ...]
    is_aside: bool = False  # said to one person beside a message that stays as it is
    also: str = ""  # a sentence for that person alone, after the message


def prepared(
    asked: Asked, settings: WorkspaceSettings, answered: Reply, catalog: Catalog, kept: Kept, *, replaces: bool = False
) -> Prepared:
    """Make a reply ready for where its scenario stands; `replaces` puts it in place of the message clicked on."""
    scenario = kept.scenario
    is_alone = scenario.place == "alone"
    standing = Standing(
        key=kept.key,
        asker=scenario.asker,
        is_alone=is_alone,
        may_be_shared=not answered.for_asker_alone,
        may_be_filed=FILES in asked.scopes and not is_alone,
        changes=scenario.changes,
        can_go_back=len(scenario.steps) > 1,
        shared_by=scenario.shared_by,
        edition=kept.version,
    )
    text = answered.message.text
    blocks = with_controls(answered.message, answered.question, answered.answer, catalog, standing)
    if scenario.counted and answered.question.kind == "cost":
        line = _count_line(scenario.counted, answered.question.models, catalog)
        text, blocks = f"{text} {escaped(line)}", with_count(blocks, line)
    letter = Letter(text, blocks, is_alone or answered.for_asker_alone, replaces)
    visible = settings_for_actor(settings, asked.workspace, asked.actor_workspace)
    noted = letter if scenario.place == "open" else with_note(letter, visible.private_note)
    return Prepared(answered, noted, (kept,))


def _count_line(tokens: int, models: Sequence[str], catalog: Catalog) -> str:
    offerings = [catalog.offerings[each] for each in models]
    exact = [catalog.display_name(each) for each in offerings if is_exact_for(each.model)]
    estimated = [catalog.display_name(each) for each in offerings if not is_exact_for(each.model)]
    return count_line(tokens, ENCODING, COUNTED_BY, exact, estimated)
