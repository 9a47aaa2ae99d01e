"""Questions that stand open in the tests, and what a message means beside them."""

from hypothesis import strategies as st

from bot.open_question import Meaning, Offer, OpenQuestion, Said, Understood, meaning_of
from bot.titles import bare
from bot.words import read_words

WORDS = read_words()
GO_ON = Offer("Ja, ga verder", "/start_interest_check_in")
NOT_NOW = Offer("Nee, nu niet", "/stop_task")
OFFER = Said("Wil je verdergaan?", (GO_ON, NOT_NOW))
SEARCH = Offer("Opleidingen zoeken", "/find_programmes")
TALK = Offer("Praten met mijn decaan", "/request_talk")
SKIP = Offer("Overslaan", '/answer_unsure{"rating": "skip"}')
FREE_TEXT = OpenQuestion((Said("Waar wil je het over hebben?", (SKIP,)),), slot="own_words")
ITEM = OpenQuestion(
    (
        Said(
            "1 van 24: Een lekke fietsband plakken.\nHoe leuk vind je dit?",
            (
                Offer("4 Best leuk", '/answer_rating{"rating": "4", "item": "repair_bike"}'),
                Offer("Sla over", '/answer_unsure{"rating": "skip", "item": "repair_bike"}'),
            ),
        ),
    ),
    slot="check_in_answer",
)
LIST = OpenQuestion((Said("Ik vond 3 opleidingen."),), has_list=True)
TO_SAVE = OpenQuestion(
    (
        Said(
            "Welke opleiding wil je bewaren?",
            (
                Offer("Pabo, KPZ, Zwolle", '/save_programme{"programme": "a"}'),
                Offer("Pabo, Windesheim, Zwolle", '/save_programme{"programme": "b"}'),
            ),
        ),
    )
)
WHO = OpenQuestion(
    (
        Said(
            "Bedoel je je mentor op school of een oud-leerling?",
            (
                Offer("Mijn mentor op school", '/report_mentor{"about": "staff"}'),
                Offer("Een oud-leerling", '/report_mentor{"about": "mentor"}'),
            ),
        ),
    )
)
WHERE = OpenQuestion(
    (
        Said(
            "Welke bedoel je?",
            (
                Offer("Bergen (Noord-Holland)", '/find_programmes{"place": "Bergen (Noord-Holland)"}'),
                Offer("Bergen (Limburg)", '/find_programmes{"place": "Bergen (Limburg)"}'),
            ),
        ),
    )
)
ELSE = Offer("Iets anders", "/nlu_fallback")
titles = st.lists(st.text("abcdefgh éë'-,. 1234", min_size=1).filter(bare), min_size=1, unique_by=bare)
intents = st.sampled_from(
    ["greet", "ask_salary", "affirm", "deny", "nlu_fallback", "start_interest_check_in"]
)


def meaning(text: str, question: OpenQuestion, intent: str = "out_of_scope", *more: str) -> Meaning | None:
    likeliest = tuple(name for name in (intent, *more) if name != "nlu_fallback")
    return meaning_of(Understood(text, intent, likeliest), question, WORDS)


def asked(*said: Said, slot: str | None = None) -> OpenQuestion:
    return OpenQuestion(said, slot)
