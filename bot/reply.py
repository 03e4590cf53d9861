"""The whole bot in one line: text -> question -> answer -> message. Pure: no Slack, no SQL, no sockets, no clock."""

from datetime import date
from typing import Any

import orjson

from bot.answer.answer import answer
from bot.answer.model import Answer
from bot.message.message import Message, to_message
from bot.question.model import Frozen, Question
from bot.question.read import read_question
from bot.question.thread import Thread
from catalog.lookup import Catalog

QUESTION_KEYS = ("kind", "models", "workload", "filters", "money", "need", "benchmark", "attribute", "on", "as_of")
ANSWER_KEYS = ("headline", "winner", "verdict", "picks", "untested", "models")
UNCLEAR = ("ambiguous_model", "unknown_model", "unknown_host")
ASKS_BACK = (*UNCLEAR, "missing_model", "bad_amount")


class Reply(Frozen):
    """One reply, and the thread after it."""

    question: Question
    answer: Answer
    message: Message
    thread: Thread

    @property
    def for_asker_alone(self) -> bool:
        """Whether it is help, an error or asks back, which nobody else needs to see."""
        if self.question.kind in ("help", "unsupported", "watch", "changes", "check", "mistakes"):
            return True
        problems = self.answer.problems
        if any(each.kind in UNCLEAR and each.read_as is None for each in problems):
            return True
        return not self.answer.figures and any(each.kind in ASKS_BACK for each in problems)

    def to_contract(self) -> dict[str, Any]:
        """The contract's Reply."""
        question = self.question.model_dump(include=set(QUESTION_KEYS))
        made = {key: getattr(self.answer, key) for key in ANSWER_KEYS}
        made["figures"] = [each.to_contract() for each in self.answer.figures]
        made["problems"] = [
            {"kind": each.kind, "text": each.text, "suggestions": each.suggestions} for each in self.answer.problems
        ]
        question["workload"]["assumed"] = list(dict.fromkeys((*question["workload"]["assumed"], *self.answer.assumed)))
        return {
            "question": question,
            "answer": made,
            "message": {"text": self.message.text, "blocks": self.message.blocks},
        }

    def to_json(self) -> str:
        """The same as one line of JSON."""
        return orjson.dumps(self.to_contract()).decode()


def reply(text: str, thread: Thread, catalog: Catalog, today: date) -> Reply:
    """The reply to a text in its thread, at the prices of a day."""
    question, after = read_question(text, thread, catalog, today)
    made = answer(question, catalog)
    lists = after.question is question and (not question.models or question.kind == "alternatives")
    after = after.model_copy(update={"shown": made.models if lists else thread.shown})
    return Reply(question=question, answer=made, message=to_message(question, made, catalog), thread=after)
