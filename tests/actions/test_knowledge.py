"""Questions asked in the chat: alone, asked back, with more, and in the middle of a check-in."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.knowledge import AnswerQuestion
from actions.programmes import UseDetail
from guidance.models.knowledge import TopicAsked, TopicCount
from guidance.settings import ROOT
from guidance.topics import topic_names

RULES = yaml.safe_load((ROOT / "data" / "rules" / "knowledge.yml").read_text(encoding="utf-8"))["rules"]
SLOTS = ("place", "kind", "degree", "subject", "form", "level", "leerjaar", "profile", "exam_subjects")


@dataclass
class Talk:
    """A talk with the action server; slots and events stay from turn to turn."""

    sender: str = "anna"
    loop: str | None = None
    slots: dict[str, Any] = field(default_factory=lambda: dict.fromkeys([*SLOTS, "open_topic"]))
    events: list[dict[str, Any]] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)

    async def ask(self, intent: str, text: str = "?", **entities: str | list[str]) -> dict[str, Any]:
        return await self.run(AnswerQuestion(), intent, text, **entities)

    async def run(
        self, action: Action, intent: str, text: str = "?", **entities: str | list[str]
    ) -> dict[str, Any]:
        pairs = [
            (name, one)
            for name, values in entities.items()
            for one in ([values] if isinstance(values, str) else values)
        ]
        found = [{"entity": name, "value": value} for name, value in pairs]
        (message,) = await self.send(action, {"intent": {"name": intent}, "entities": found, "text": text})
        return message

    async def run_both(self, action: Action, intent: str, other: dict[str, Any]) -> list[dict[str, Any]]:
        return await self.send(action, {"intent": {"name": intent}, "text": "?", "also_asked": other})

    async def send(self, action: Action, message: dict[str, Any]) -> list[dict[str, Any]]:
        message["metadata"] = {"message_id": f"m{len(self.events)}"}
        self.events.append({"event": "user", "text": message["text"]})
        loop = {"name": self.loop} if self.loop else {}
        tracker = Tracker(self.sender, self.slots, message, self.events, False, None, loop, None)
        dispatcher = CollectingDispatcher()
        new = await action.run(dispatcher, tracker, {})
        self.slots |= {event["name"]: event["value"] for event in new}
        self.events.extend([{"event": "action", "name": action.name()}, *new])
        messages = [one["custom"] for one in dispatcher.messages]
        self.said = messages[-1]
        return messages

    async def tap(self, title: str) -> dict[str, Any]:
        """Tap a button that was offered; the engine reads its payload."""
        (payload,) = [button["payload"] for button in self.said["buttons"] if button["title"] == title]
        intent, _, entities = payload.removeprefix("/").partition("{")
        action = UseDetail() if intent == "inform" else AnswerQuestion()
        return await self.run(action, intent, payload, **json.loads("{" + entities if entities else "{}"))

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.said["buttons"]]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.said["buttons"]]


@pytest.fixture
def talk(people: Session) -> Talk:
    """A talk of Anna: havo 3, at school in Ommen."""
    return Talk()


@pytest.fixture
def visit(talk: Talk) -> Talk:
    """A talk of someone who did not sign in."""
    return Talk("visitor")


class TestAnswerQuestion:
    async def test_answers_then_names_a_step_and_the_source(self, talk: Talk) -> None:
        said = await talk.ask("ask_enrolment")

        text, step, source = said["text"].split("\n\n")
        assert "1 mei 2029" in text
        assert "7 december" in step
        assert source == "Bron: Studielink, 2026"

    async def test_offers_more_and_what_is_often_asked_next(self, talk: Talk) -> None:
        await talk.ask("ask_enrolment")

        assert talk.titles == ["Meer", "Opleidingen in de buurt", "Wanneer doe ik wat?"]
        assert talk.payloads[0] == '/ask_enrolment{"part": "more"}'

    async def test_takes_what_was_asked_about_along_with_its_buttons(self, talk: Talk) -> None:
        await talk.ask("ask_job_prospects", subject="wiskunde")

        assert talk.payloads == [
            '/ask_job_prospects{"subject": "wiskunde", "part": "more"}',
            '/ask_salary{"subject": "wiskunde"}',
            '/find_programmes{"subject": "wiskunde"}',
        ]

    async def test_says_more_about_the_same(self, talk: Talk) -> None:
        first = await talk.ask("ask_enrolment")
        more = await talk.tap("Meer")

        assert more["text"] != first["text"]
        assert "studiekeuzecheck" in more["text"]
        assert "Meer" not in talk.titles

    async def test_leaves_buttons_and_questions_to_the_check_in_that_goes_on(self, visit: Talk) -> None:
        visit.loop = "check_in_form"

        said = await visit.ask("ask_enrolment")

        assert said["buttons"] == ()
        assert "Op welk niveau" not in said["text"]
        assert visit.slots["open_topic"] is None

    async def test_answers_in_general_when_the_message_names_two_levels(self, talk: Talk) -> None:
        said = await talk.ask("ask_pabo_entry_tests", level=["havo", "vwo"])

        assert "Met vwo hoef je geen toets" in said["text"]
        assert "Met havo doe je" in said["text"]

    async def test_answers_outside_the_web_service_too(self, talk: Talk) -> None:
        talk.sender = "shell"

        assert (await talk.ask("ask_salary"))["text"]

    @pytest.mark.parametrize("intent", ["", "ask_the_weather"])
    async def test_answers_in_words_when_it_has_no_answer(self, talk: Talk, intent: str) -> None:
        assert (await talk.ask(intent))["text"]

    async def test_keeps_topic_and_count(self, talk: Talk, session: Session) -> None:
        await talk.ask("ask_salary", "wat verdient een juf")
        await talk.ask("ask_diversity", "kan dat met een hoofddoek")

        session.rollback()
        assert [row.topic for row in session.scalars(select(TopicAsked))] == ["ask_salary"]
        counts = {row.topic: row.asked for row in session.scalars(select(TopicCount))}
        assert counts == {"ask_salary": 1, "ask_diversity": 1}


class TestRoutes:
    async def test_go_along_as_cards_once_a_subject_is_known(self, talk: Talk) -> None:
        said = await talk.ask("ask_routes", "hoe word ik leraar wiskunde in de bovenbouw", subject="wiskunde")

        first, page = said["cards"]
        assert first["title"] == "Via het hbo en een hbo-master"
        assert page["url"] == "/opleidingen/route?subject=wiskunde&grade=bovenbouw&level=havo"

    async def test_go_along_with_the_degrees_too(self, talk: Talk) -> None:
        said = await talk.ask("ask_qualification_levels", subject="Engels")

        assert [card["title"] for card in said["cards"]][:2] == [
            "Via het hbo",
            "Via het hbo en een hbo-master",
        ]

    async def test_are_one_tap_away_from_what_is_asked_for(self, talk: Talk) -> None:
        (card,) = (await talk.ask("ask_admission_requirements", subject="Engels"))["cards"]

        assert card["url"] == "/opleidingen/route?subject=Engels&level=havo"

    async def test_of_the_primary_school_follow_from_the_kind(self, visit: Talk) -> None:
        said = await visit.ask("ask_routes", kind="pabo", level="vwo")

        assert [card["title"] for card in said["cards"]][:2] == ["Via de pabo", "Via de academische pabo"]

    async def test_to_the_mbo_begin_at_the_pupils_own_level(self, talk: Talk) -> None:
        said = await talk.ask(
            "ask_from_mbo", "hoe word ik leraar engels op het mbo", subject="Engels", level="mbo4"
        )

        assert said["cards"][0]["subtitle"] == "Vier jaar. Vanaf havo."
        assert said["cards"][-1]["url"] == "/opleidingen/route?subject=Engels&grade=mbo&level=havo"

    @pytest.mark.parametrize("topic", ["ask_routes", "ask_salary"])
    async def test_are_not_shown_without_a_subject_or_for_another_question(
        self, talk: Talk, topic: str
    ) -> None:
        assert (await talk.ask(topic))["cards"] == ()

    async def test_are_left_to_the_check_in_that_goes_on(self, talk: Talk) -> None:
        talk.loop = "check_in_form"

        assert (await talk.ask("ask_routes", subject="wiskunde"))["cards"] == ()

    async def test_ask_of_this_pupil_what_the_answer_asks(self, talk: Talk) -> None:
        said = await talk.ask("ask_admission_requirements", subject="wiskunde", profile="NG")
        routes = await talk.ask("ask_routes", subject="wiskunde", profile="NG")

        assert "vroegen de regels van 2015 ook wiskunde B" in said["text"]
        assert "heb je met NG ook wiskunde B nodig" in dict(routes["cards"][0]["rows"])["Toelating"]


class TestExamSubjects:
    async def test_take_away_a_test_of_the_pabo(self, talk: Talk) -> None:
        said = await talk.ask("ask_pabo_entry_tests", "ik heb aardrijkskunde, welke toetsen blijven over")

        assert "Slaag je voor aardrijkskunde, dan vervalt de toets aardrijkskunde." in said["text"]
        assert "Dan blijven over: geschiedenis, en natuur en techniek." in said["text"]

    async def test_count_in_the_next_question_too(self, talk: Talk) -> None:
        await talk.ask("ask_pabo_entry_tests", "ik heb geschiedenis")
        await talk.run(UseDetail(), "inform", "ik heb ook nlt")

        said = await talk.ask("ask_pabo_entry_tests")

        assert "Dan blijven over: aardrijkskunde." in said["text"]

    async def test_make_a_profile_enough(self, talk: Talk) -> None:
        said = await talk.ask(
            "ask_admission_requirements", "ik heb NG met wiskunde B", subject="wiskunde", profile="NG"
        )

        assert "was je pakket volgens de regels van 2015 goed" in said["text"]


class TestAskedBack:
    async def test_a_visitor_is_asked_one_thing_with_buttons(self, visit: Talk) -> None:
        said = await visit.ask("ask_pabo_entry_tests")

        assert said["text"].count("?") == 1
        assert visit.titles[:3] == ["havo", "vwo", "mbo"]
        assert visit.payloads[0] == '/inform{"level": "havo"}'

    async def test_a_tap_answers_the_question_again(self, visit: Talk) -> None:
        await visit.ask("ask_pabo_entry_tests")

        said = await visit.tap("vwo")

        assert said["text"].startswith("Met een diploma van het vwo doe je geen toets")
        assert visit.slots["level"] == "vwo"

    async def test_a_typed_answer_does_so_too(self, visit: Talk) -> None:
        await visit.ask("ask_enrolment")

        said = await visit.run(UseDetail(), "inform", "havo 4", level="havo", leerjaar="4")

        assert "1 mei 2028" in said["text"]

    async def test_keeps_what_the_question_was_about(self, visit: Talk) -> None:
        await visit.ask("ask_admission_requirements", subject="wiskunde")

        assert "Leraar wiskunde" in (await visit.tap("vwo"))["text"]

    async def test_is_over_once_another_thing_was_said(self, visit: Talk) -> None:
        await visit.ask("ask_enrolment")
        await visit.run(UseDetail(), "inform", "Ommen", place="Ommen")

        said = await visit.run(UseDetail(), "inform", "havo", level="havo")

        assert "Studielink" not in said["text"]

    async def test_hears_only_the_detail_that_was_asked(self, visit: Talk) -> None:
        await visit.ask("ask_enrolment")

        said = await visit.run(UseDetail(), "inform", "Ommen", place="Ommen")

        assert "Ommen" in said["text"]

    async def test_two_questions_in_one_message_ask_once(self, visit: Talk) -> None:
        other = {"intent": "ask_enrolment", "confidence": 0.9, "text": "en hoe meld ik me aan"}

        first, second = await visit.run_both(AnswerQuestion(), "ask_pabo_entry_tests", other)

        assert "Op welk niveau" not in first["text"]
        assert "Op welk niveau" in second["text"]
        assert "Studielink" in (await visit.tap("havo"))["text"]

    async def test_nobody_on_a_roster_is_asked(self, talk: Talk) -> None:
        said = await talk.ask("ask_enrolment")

        assert "?" not in said["text"]
        assert talk.slots["open_topic"]["asks"] is None

    async def test_what_a_visitor_said_counts_for_the_next_question(self, visit: Talk) -> None:
        await visit.run(UseDetail(), "inform", "havo 4 met NG", level="havo", leerjaar="4", profile="NG")

        said = await visit.ask("ask_pabo_entry_tests")

        assert "In NG zit biologie" in said["text"]


class TestDetailAfterAnAnswer:
    async def test_another_subject_gets_the_same_question_answered(self, talk: Talk) -> None:
        await talk.ask("ask_admission_requirements", subject="wiskunde")

        said = await talk.run(UseDetail(), "inform", "en geschiedenis", subject="geschiedenis")

        assert "Leraar geschiedenis" in said["text"]
        assert "wiskunde" not in said["text"]

    async def test_a_kind_takes_the_place_of_a_subject(self, talk: Talk) -> None:
        await talk.ask("ask_profile_choice", subject="wiskunde")

        said = await talk.run(UseDetail(), "inform", "en de pabo", kind="pabo")

        assert "Voor de pabo is elk profiel goed" in said["text"]
        assert "wiskunde" not in said["text"]

    async def test_another_level_too_after_more(self, visit: Talk) -> None:
        await visit.ask("ask_routes", level="havo")
        await visit.tap("Meer")

        said = await visit.run(UseDetail(), "inform", "en met vwo", level="vwo")

        assert "universiteit" in said["text"]
        assert "Meer" in visit.titles

    async def test_a_place_is_a_search(self, talk: Talk) -> None:
        await talk.ask("ask_open_days", kind="pabo")

        said = await talk.run(UseDetail(), "inform", "pabo in Ommen", kind="pabo", place="Ommen")

        assert "van Ommen" in said["text"]


def test_every_answer_has_a_rule_without_conditions() -> None:
    steps = {rule["steps"][0]["intent"]: rule["steps"][1:] for rule in RULES if "intent" in rule["steps"][0]}

    assert set(steps) == set(topic_names())
    followed = {"find_teaching_experience": [{"action": "action_show_experience_offers"}]}
    assert all(
        rest == [{"action": "action_answer_question"}, *followed.get(topic, [])]
        for topic, rest in steps.items()
    )
    assert not any("condition" in rule for rule in RULES)
