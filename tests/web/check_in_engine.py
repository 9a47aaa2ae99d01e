"""A Rasa server for check-ins in this process: the real actions, run as data/rules/check_in.yml says."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.check_in import AnswerCheckIn, BeginCheckIn, FinishCheckIn
from actions.check_in_correction import CorrectAnswer
from actions.check_in_questions import AskItem, AskItemInWords, AskItemInWordsCheck
from actions.check_in_turns import ExplainQuestion, PauseCheckIn, ShowCheckInResult
from actions.no_question import SayNoQuestionOpen
from tests.web.crashes import Commits, Crash, Cut

FORM = "check_in_form"
# What the form asks, in the order of domain.yml, and who asks it.
ASKERS: dict[str, Action] = {
    "check_in_answer": AskItem(),
    "own_words": AskItemInWords(),
    "own_words_check": AskItemInWordsCheck(),
}
# Rules that keep the form, by how the intent begins.
BESIDE: dict[str, Action] = {
    "start_": BeginCheckIn(),
    "correct_answer": CorrectAnswer(),
    "explain_question": ExplainQuestion(),
}
UNDERSTOOD = {
    r"[1-5]": "answer_rating",
    r"interessecheck|opnieuw": "start_interest_check_in",
    r"competentiecheck": "start_competence_check_in",
    r"verwachtingscheck": "start_expectation_check_in",
    r"oeps, ik bedoelde .*|oeps verkeerd": "correct_answer",
    r"wat bedoel je": "explain_question",
    r"stop": "stop_task",
    r"uitslag": "ask_check_in_result",
}
LEAVES_WORDS = ("stop_task", "explain_question")
Message = dict[str, Any]


class ActionsDown(Exception):
    """The action server does not answer: the engine goes on, and the events of that action are lost."""


@dataclass
class Talk:
    """What the engine keeps of one conversation."""

    slots: dict[str, Any] = field(default_factory=dict)
    events: list[Message] = field(default_factory=list)
    loop: str | None = None

    def twin(self) -> "Talk":
        """Return a copy that may change by itself."""
        return Talk(dict(self.slots), list(self.events), self.loop)

    @property
    def offers(self) -> dict[str, str]:
        """Return the buttons of the last turn, by title."""
        said: list[Message] = []
        for event in reversed(self.events):
            if event["event"] == "user" and said:
                break
            said += [event["data"]["custom"]] if event["event"] == "bot" else []
        return {
            button["title"].casefold(): button["payload"] for message in said for button in message["buttons"]
        }


class CheckInEngine(httpx.BaseTransport):
    """Answers what the web posts; a turn is kept when it ends, unless the engine goes down in it."""

    def __init__(self, commits: Commits) -> None:
        self.commits, self.talks, self.kept = commits, dict[str, Talk](), dict[str, Talk]()
        self.has_actions, self.is_slow, self.late = True, False, list[httpx.Request]()
        # In a thread of its own: a browser of an earlier test keeps a loop running in this one.
        self.runner, self.thread = asyncio.Runner(), ThreadPoolExecutor(1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        cut = self.commits.cut
        if cut and cut.commit == 0:
            self.commits.plan(None)
            if cut.side == "before":
                self.late.append(request)
            else:
                self._answers_to(request)
            raise httpx.ReadTimeout("waited long enough")
        return httpx.Response(200, json=self._answers_to(request))

    def restart(self) -> None:
        """Start what was down, and do what the web did not wait for."""
        self.has_actions = True
        while self.late:
            self._answers_to(self.late.pop())

    def keep(self) -> None:
        """Have everything so far on disk."""
        self.kept = dict(self.talks)

    def lose_turn(self) -> None:
        """Forget what was not yet on disk."""
        self.talks = dict(self.kept)

    def stop(self) -> None:
        self.thread.submit(self.runner.close).result()
        self.thread.shutdown()

    def _answers_to(self, request: httpx.Request) -> list[Message]:
        body = json.loads(request.content)
        talk, said = self.talks.get(body["sender"], Talk()).twin(), list[Message]()
        message = understood(body["message"], talk) | {"metadata": body["metadata"]}
        turn = Turn(self, body["sender"], talk, message, said)
        try:
            turn.run()
        except ActionsDown:
            pass
        except Crash as crash:
            if crash.down == "all":
                raise
            raise httpx.ConnectError("the engine went down") from None
        self.talks[body["sender"]] = turn.talk
        return said


@dataclass
class Turn:
    """One message in a talk, until the engine listens again."""

    engine: CheckInEngine
    sender: str
    talk: Talk
    message: Message
    said: list[Message]

    def run(self) -> None:
        self.talk.events.append({"event": "user", "text": self.message["text"], "parse_data": self.message})
        if self.talk.loop and self.form():
            return
        intent = self.message["intent"]["name"]
        beside = next((action for start, action in BESIDE.items() if intent.startswith(start)), None)
        if beside:
            self.keep(self.talk, self.act(beside, self.talk))
            if self.talk.loop or intent.startswith("start_"):
                self.form(comes_back=True)
        elif self.talk.loop and intent == "stop_task":
            self.keep(self.talk, self.act(PauseCheckIn(), self.talk))
            self.talk.loop = None
        elif intent == "ask_check_in_result":
            self.act(ShowCheckInResult(), self.talk)
        elif self.talk.loop:
            self.form(comes_back=True)
        else:
            self.act(SayNoQuestionOpen(), self.talk)

    def form(self, *, comes_back: bool = False) -> bool:
        """Let the form take the message and ask what is next; say whether it took it."""
        draft = self.talk.twin()
        told = self.act(AnswerCheckIn(), draft)
        if draft.loop is None and not told:
            # A form that begins validates twice when the first time gave nothing.
            told = self.act(AnswerCheckIn(), draft)
        if not comes_back and not any(event["event"] == "slot" for event in told):
            return False
        self.keep(draft, told)
        draft.loop = FORM
        asked = next((slot for slot in ASKERS if draft.slots.get(slot) is None), None)
        draft.slots["requested_slot"] = asked
        if asked:
            self.keep(draft, self.act(ASKERS[asked], draft))
        else:
            draft.loop = None
        self.talk = draft
        if draft.loop is None:
            draft.slots["requested_slot"] = None
            self.keep(draft, self.act(FinishCheckIn(), draft))
        return True

    def act(self, action: Action, talk: Talk) -> list[Message]:
        """Run an action of the action server; return its events."""
        if not self.engine.has_actions:
            raise ActionsDown
        loop = {"name": talk.loop} if talk.loop else {}
        tracker = Tracker(self.sender, talk.slots, self.message, talk.events, False, None, loop, None)
        dispatcher = CollectingDispatcher()
        try:
            run = self.engine.thread.submit(self.engine.runner.run, action.run(dispatcher, tracker, {}))
            events: list[Message] = run.result()
        except Crash as crash:
            self.engine.has_actions = False
            if crash.down == "alone":
                raise ActionsDown from None
            raise
        for one in dispatcher.messages:
            self.said.append({"custom": one["custom"]} if one["custom"] else {"text": one["response"]})
            talk.events += [{"event": "bot", "data": {"custom": one["custom"]}}] if one["custom"] else []
        return events

    @staticmethod
    def keep(talk: Talk, events: list[Message]) -> None:
        """Keep what an action returned."""
        for event in events:
            if event["event"] == "slot":
                talk.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                talk.loop = event["name"]


def understood(text: str, talk: Talk) -> Message:
    """Return what the pipeline makes of a text: a payload, a button that it names, or a known wording."""
    payload = text if text.startswith("/") else talk.offers.get(text.casefold(), "")
    if payload:
        name, values = re.fullmatch(r"/(\w+)(\{.*\})?", payload).groups()  # type: ignore[union-attr]
        entities = [
            {"entity": entity, "value": value} for entity, value in json.loads(values or "{}").items()
        ]
        named = {} if payload == text else {"payload": payload}
        return {"text": text, "intent": {"name": name}, "entities": entities, **named}
    intent = next((name for known, name in UNDERSTOOD.items() if re.fullmatch(known, text)), "nlu_fallback")
    is_asked_words = talk.loop and str(talk.slots.get("requested_slot")).startswith("own_words")
    is_check = talk.slots.get("requested_slot") == "own_words_check"
    # Where own words are asked, all but an order to stop or to explain is taken as those.
    leaves = (*LEAVES_WORDS, "correct_answer") if is_check else LEAVES_WORDS
    if is_asked_words and intent not in leaves:
        intent = "give_words"
    return {"text": text, "intent": {"name": intent}, "entities": []}


def cuts(most_commits: int) -> list[Cut]:
    """Return every way to cut off a turn with so many commits."""
    ways: tuple[Any, ...] = ("alone", "with engine", "all")
    sides: tuple[Any, ...] = ("before", "after")
    at_commits = [
        Cut(number, side, down) for number in range(1, most_commits + 1) for side in sides for down in ways
    ]
    return [*at_commits, *(Cut(0, side) for side in sides)]
