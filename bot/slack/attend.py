"""Attends to one message from claim to receipt; whatever fails on the way ends in one sentence and one log line."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import FAILURES, QUESTIONS, REPEATS, REPLIES, SECONDS
from bot.slack.asked import Asked
from bot.slack.delivery import Letter, Post, Receipt, Refused, Unconfirmed
from bot.slack.desk import Desk
from bot.slack.logs import LOGGER, new_reference, where
from bot.slack.prepared import Prepared
from bot.slack.tasks import Turns, UnderWay
from bot.state import Claim, StateUnavailable

KEYS_KEPT = 8192
PATIENCE_FOR_ANSWERS = 5.0  # seconds a message in a thread waits for our answers that are under way in its channel
DEAD_TOKEN = frozenset({"token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive"})

NO_STATE = "Sorry, I cannot reach my own storage just now, so I did not answer. Please ask again in a minute."
NOT_TAKEN = "Sorry, Slack did not take my answer. Please ask again in a minute."
NOT_CONFIRMED = "Slack did not confirm that my answer arrived. If you do not see it, please ask again."
BROKEN = "Sorry, something went wrong on my side and I could not answer. Please ask again."
DELETED = "That message was deleted, so there is nothing to change. Please ask again."
BUSY = "Somebody else is changing this message just now. Please try again."
MOST_TRIES = 5

Prepare = Callable[[], Awaitable[Prepared]]
Act = Callable[[], Awaitable[None]]


class Declined(RuntimeError):
    """What was asked for cannot be done, for a reason that is no fault; the argument is the sentence for the person."""


@dataclass(slots=True)
class Attendant:
    """Answers each message at most once; `owner` names this process in the claims."""

    desk: Desk
    post: Post
    owner: str
    token_is_dead: Callable[[str], None]  # called with the workspace whose token Slack refuses
    _turns: Turns = field(default_factory=Turns)
    _under_way: UnderWay = field(default_factory=UnderWay)
    _seen: OrderedDict[str, None] = field(default_factory=OrderedDict)

    async def attend(self, client: AsyncWebClient, asked: Asked, prepare: Prepare) -> None:
        """Answer a message, unless it was answered already; `prepare` gives the answer."""
        await self._once(client, asked, lambda claim: self._answer(client, asked, prepare, claim))

    async def act(self, client: AsyncWebClient, asked: Asked, act: Act) -> None:
        """Do something that a click asks for and that needs no answer, unless it was done already."""

        async def done(_: Claim) -> None:
            await act()

        await self._once(client, asked, done)

    async def _once(
        self, client: AsyncWebClient, asked: Asked, work: Callable[[Claim], Awaitable[Receipt | None]]
    ) -> None:
        if not self._is_new(asked.key):
            return
        QUESTIONS.labels(asked.surface).inc()
        started = time.monotonic()
        try:
            receipt = await self._claimed(asked, work)
        except Exception as error:  # noqa: BLE001  # the one place where every failure becomes a sentence
            await self._apologise(client, asked, error)
            return
        if receipt is not None:
            REPLIES.labels(asked.surface, receipt.route).inc()
            SECONDS.observe(time.monotonic() - started)

    def _is_new(self, key: str) -> bool:
        """Whether this process sees the message for the first time; the state decides among processes."""
        if key in self._seen:
            REPEATS.inc()
            return False
        self._seen[key] = None
        if len(self._seen) > KEYS_KEPT:
            self._seen.popitem(last=False)
        return True

    async def _claimed(self, asked: Asked, work: Callable[[Claim], Awaitable[Receipt | None]]) -> Receipt | None:
        claim = await self.desk.state.claim(asked.key, self.owner)
        if claim is None:
            REPEATS.inc()
            return None
        try:
            return await work(claim)
        finally:
            await self._settle(claim)

    async def _answer(self, client: AsyncWebClient, asked: Asked, prepare: Prepare, claim: Claim) -> Receipt | None:
        if asked.thread_ts is not None:
            await self._under_way.arrived(asked.channel, PATIENCE_FOR_ANSWERS)
        async with self._turns.turn(asked.conversation):
            prepared = await self._remembered(asked, prepare)
            if prepared.letter.replaces:  # the last change to be kept must be the last to be shown
                return await self._send(client, asked, prepared, claim)
        return await self._send(client, asked, prepared, claim)

    async def _send(self, client: AsyncWebClient, asked: Asked, prepared: Prepared, claim: Claim) -> Receipt | None:
        if not await self.desk.state.posting(claim):
            return None
        with self._under_way.post(asked.channel):
            receipt = await self.post.deliver(client, asked, prepared.letter)
            if receipt.ts is not None and asked.root is None:
                await self._remember_answer(asked, prepared, receipt.ts, receipt.channel or asked.channel)
        if prepared.also:
            await self._tell(client, asked, prepared.also)
        return receipt

    async def _remembered(self, asked: Asked, prepare: Prepare) -> Prepared:
        """Prepare, and prepare again where somebody else changed the same message meanwhile."""
        for _ in range(MOST_TRIES):
            prepared = await prepare()
            if await self.desk.remember(asked, prepared):
                return prepared
        raise Declined(BUSY)

    async def _settle(self, claim: Claim) -> None:
        """Mark the message as answered, be it by an apology: it must not be answered again."""
        try:
            await self.desk.state.done(claim)
        except StateUnavailable:
            LOGGER.warning("a reply could not be marked as sent; it will count as lost")

    async def _remember_answer(self, asked: Asked, prepared: Prepared, ts: str, channel: str) -> None:
        try:
            await self.desk.remember_answer(asked, prepared.reply, ts, channel)
        except StateUnavailable:
            LOGGER.warning("a reply was sent, but its thread will not be remembered")

    async def _apologise(self, client: AsyncWebClient, asked: Asked, error: Exception) -> None:
        reference = new_reference()
        match error:
            case Declined():
                await self._tell(client, asked, str(error))
                return
            case Refused(reason="message_not_found"):
                await self._tell(client, asked, DELETED)
                return
            case StateUnavailable():
                reason, sentence = "state", NO_STATE
            case Refused():
                reason, sentence = "refused", NOT_TAKEN
            case Unconfirmed():
                reason, sentence = "unconfirmed", NOT_CONFIRMED
            case _:
                reason, sentence = "broken", BROKEN
        FAILURES.labels(reason).inc()
        if isinstance(error, Refused) and error.reason in DEAD_TOKEN:
            self.token_is_dead(asked.workspace)
        detail = error.reason if isinstance(error, Refused) else where(error)
        LOGGER.error(
            "no answer: reference=%s surface=%s workspace=%s reason=%s (%s)",
            reference, asked.surface, asked.workspace, reason, detail,
        )  # fmt: skip
        if not await self._tell(client, asked, f"{sentence} (Reference: {reference})"):
            LOGGER.error("the asker could not be told either: reference=%s", reference)

    async def _tell(self, client: AsyncWebClient, asked: Asked, sentence: str) -> bool:
        """Say a sentence to the asker alone; False where that does not arrive."""
        try:
            await self.post.deliver(client, asked, Letter(sentence, [], alone=True))
        except (Refused, Unconfirmed):
            return False
        return True
