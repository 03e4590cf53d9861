"""The workflow step "Compare models": its inputs are read like any other question, its outputs go on to later steps."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.manifest import STEP
from bot.message.amount_fields import is_usage
from bot.message.command import renamed
from bot.message.outcome import NOT_READ, Outcome, outcome, why_none
from bot.reply import reply
from bot.slack.asked import installed_in
from bot.slack.attend import BROKEN, NO_STATE
from bot.slack.delivery import LONGEST_WAIT
from bot.slack.desk import Desk, new_thread
from bot.slack.logs import LOGGER, new_reference, where
from bot.slack.tasks import Tasks
from bot.state import StateUnavailable

LONGEST_SHOWN = 100  # characters of a usage that is not read


@dataclass(frozen=True, slots=True)
class WorkflowStep:
    """Runs the step. Slack may deliver it twice: it comes to the same, and Slack takes the first.

    `command` is what the slash command is called.
    """

    desk: Desk
    tasks: Tasks
    command: str

    def register(self, app: AsyncApp) -> None:
        """Add the listener to the app."""
        app.function(STEP)(self.run)

    async def run(
        self, inputs: Mapping[str, Any], context: AsyncBoltContext, complete: AsyncComplete, fail: AsyncFail
    ) -> None:
        """Compare the models that the workflow names."""
        self.tasks.start(self._finish(inputs, installed_in(context), complete, fail))

    async def _finish(
        self, inputs: Mapping[str, Any], workspace: str, complete: AsyncComplete, fail: AsyncFail
    ) -> None:
        try:
            done = await self._compared(inputs, workspace)
        except StateUnavailable:
            done = NO_STATE
        except Exception as error:  # noqa: BLE001  # the workflow must hear of every failure
            reference = new_reference()
            LOGGER.error("no outcome: reference=%s workspace=%s (%s)", reference, workspace, where(error))
            done = f"{BROKEN} (Reference: {reference})"
        for may_wait in (True, False):
            try:
                await (fail(renamed(done, self.command)) if isinstance(done, str) else complete(done._asdict()))
            except (SlackClientError, OSError, TimeoutError) as error:
                wait = _retry_after(error)
                if may_wait and wait is not None and wait <= LONGEST_WAIT:
                    await asyncio.sleep(wait)
                    continue
                LOGGER.error("a workflow step could not be finished: workspace=%s (%s)", workspace, where(error))
            return

    async def _compared(self, inputs: Mapping[str, Any], workspace: str) -> Outcome | str:
        """The outcome, or in one sentence why there is none."""
        settings = await self.desk.state.settings(workspace)
        catalog = self.desk.catalog.current()
        usage = str(inputs.get("usage") or "").strip()
        if usage and not is_usage(usage):
            return NOT_READ.format(usage[:LONGEST_SHOWN])
        text = f"/compare {inputs.get('models') or ''}" + (f", {usage}" if usage else "")
        made = reply(text, new_thread(settings), catalog, self.desk.now().date())
        return outcome(made, catalog) or why_none(made, catalog)


def _retry_after(error: Exception) -> float | None:
    """Return after how many seconds Slack would take the call that it limited; None for any other failure."""
    if not isinstance(error, SlackApiError) or error.response.status_code != 429:
        return None
    stated = next((value for name, value in error.response.headers.items() if name.lower() == "retry-after"), "1")
    return float(stated) if stated.replace(".", "", 1).isdigit() else 1.0
