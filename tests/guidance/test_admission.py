"""Who may start which programme: every branch of the dated rules, and honesty where there is none."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.admission import OUTCOMES, Admission, admission_of, admission_to, applicant_of
from guidance.admission_check import problems_in_admission
from guidance.catalogue import LEVELS, Programme, read_catalogue
from guidance.content import read_content
from guidance.errors import UnusableFilter
from guidance.exam_subjects import PROFILES, exam_subject_names
from guidance.pabo_tests import pabo_tests_of
from guidance.programme_words import admission_in_words
from guidance.settings import ROOT
from tests.askers import about, answer, on_roster
from tests.readability import longest_sentence, reading_ease, sentences

CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "guidance" / "admission_cases.yml").read_text(encoding="utf-8")
)
DOUBLE = ("NT/NG", "NG/EM", "EM/CM")
EASIEST, MOST_WORDS_A_SENTENCE = 65, 15

SPOILED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "rule 0: unknown kinds kapper": lambda raw: raw["rules"][0]["kinds"].append("kapper"),
    "rule 0: unknown levels groep 8": lambda raw: raw["rules"][0]["levels"].append("groep 8"),
    "rule 0: unknown subjects toveren": lambda raw: raw["rules"][0]["subjects"].append("toveren"),
    "rule 0: unknown isats 1": lambda raw: raw["rules"][0].update(isats=["1"]),
    "rule 0: unknown institutions 1": lambda raw: raw["rules"][0].update(institutions=["1"]),
    "rule 0: unknown field colour": lambda raw: raw["rules"][0].update(colour="red"),
    "no text for remark none": lambda raw: raw["rules"][0].update(remark="none"),
    "rule 0: steps or a source of its own, not both": lambda raw: raw["rules"][0].update(steps=["profile"]),
    "rules 0 and 14 fit equally": lambda raw: raw["rules"].append({**raw["rules"][0], "remark": "x"}),
    "rule 14 decides about nothing": lambda raw: raw["rules"].append({**raw["rules"][0], "kinds": ["alo"]}),
    "step dance is not used": lambda raw: raw["steps"].update(dance="pabo"),
    "no text for step dance": lambda raw: raw["steps"].update(dance="pabo"),
    "no source hearsay": lambda raw: raw["steps"].update(selection="hearsay"),
    "source pabo: another year than its fact": lambda raw: raw["sources"]["pabo"].update(date="2019-01"),
    "source pabo: no fact rumour": lambda raw: raw["sources"]["pabo"].update(fact="rumour"),
    "profile rules: nobody offers alo toveren": lambda raw: raw["profile_rules"]["alo"].update(toveren=OPEN),
    "profile rules of toveren: not for havo and vwo": lambda raw: raw["profile_rules"]["alo"].update(
        toveren={}
    ),
    "profile rules of dans: unknown profile XX": lambda raw: needs_of_dans(raw).update(XX=["biologie"]),
    "profile rules of dans: unknown exam subject toveren": lambda raw: needs_of_dans(raw).update(
        NT=["toveren"]
    ),
    "profile rules of dans: no profile gives access": lambda raw: needs_of_dans(raw).update(
        dict.fromkeys(PROFILES, "no_access")
    ),
    "pabo tests: unknown exam subject toveren": lambda raw: raw["pabo_tests"].update(toveren=["toveren"]),
    "profile subjects: no test asks for Frans": lambda raw: raw["profile_subjects"].update(NT="Frans"),
    "profile subjects: unknown profile XX": lambda raw: raw["profile_subjects"].update(XX="biologie"),
}
OPEN: dict[str, Any] = {"havo": {}, "vwo": {}}


def needs_of_dans(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = raw["profile_rules"]["kunstvakdocent"]["dans"]["havo"]
    return found


programmes = st.sampled_from(read_catalogue())
levels = st.sampled_from([None, *LEVELS])
profiles = st.sampled_from([None, *PROFILES, *DOUBLE])
subjects = st.lists(st.sampled_from(exam_subject_names()), max_size=6, unique=True)


def programme_of(kind: str, subject: str) -> Programme:
    return next(one for one in read_catalogue() if (one.kind, one.subject) == (kind, subject))


def admission(
    programme: Programme, level: str | None, profile: str | None, has: list[str] | tuple[str, ...]
) -> Admission:
    of_level = profile if level in ("havo", "vwo") else None
    return admission_of(programme, applicant_of(level, of_level, tuple(has)))


def whole(found: Admission, level: Any) -> str:
    return admission_in_words(found, level)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(map(str, [*case.values()][:4])))
def test_every_branch_has_its_case(case: dict[str, Any]) -> None:
    level = case.get("level")
    programme = programme_of(case["kind"], case["subject"])
    found = admission(programme, level, case.get("profile"), case.get("subjects", []))
    words = whole(found, level)

    assert found.outcome == case["outcome"], words
    assert found.date == str(case.get("date", ""))
    assert list(found.missing) == case.get("missing", [])
    assert [text for text in case.get("says", []) if text not in words] == [], words
    assert [text for text in case.get("lacks", []) if text in words] == []


def test_the_cases_reach_every_rule_every_step_and_every_outcome() -> None:
    """A rule without a case would be a rule that nobody looked at."""
    content = read_content("admission")
    kinds = {(case["kind"], case.get("level")) for case in CASES}

    for rule in content["rules"]:
        for kind in rule["kinds"]:
            assert [level for level in rule.get("levels", ()) if (kind, level) not in kinds] == [], rule
    assert {case["outcome"] for case in CASES} == set(OUTCOMES)
    asked = {subject for case in CASES for subject in [case["subject"]]}
    narrow = {
        subject
        for by_subject in content["profile_rules"].values()
        for subject, by_level in by_subject.items()
        if any(by_level.values())
    }
    assert narrow <= asked


class TestTheRules:
    def test_are_whole(self) -> None:
        assert problems_in() == []

    @pytest.mark.parametrize(("problem", "spoil"), SPOILED.items(), ids=list(SPOILED))
    def test_are_refused_when_spoiled(self, problem: str, spoil: Any) -> None:
        raw = yaml.safe_load((ROOT / "guidance" / "content" / "admission.yml").read_text(encoding="utf-8"))
        spoil(raw)

        assert problem in problems_in(raw)

    def test_name_the_pabo_tests_as_the_answers_do(self) -> None:
        (fact,) = read_content("facts")["pabo_tests"]
        tests = read_content("admission")["pabo_tests"]

        assert all(test in fact["values"]["subjects"] for test in tests)
        assert all(one in fact["values"]["science_subjects"] for one in tests["natuur en techniek"])


def problems_in(raw: Any = None) -> list[str]:
    return problems_in_admission(
        raw or read_content("admission"),
        read_catalogue(),
        read_content("facts"),
        read_content("texts/admission"),
    )


class TestAdmissionOf:
    @given(programmes, levels, profiles, subjects, st.sampled_from(exam_subject_names()))
    def test_is_never_worse_with_an_extra_exam_subject(
        self, programme: Programme, level: str | None, profile: str | None, has: list[str], extra: str
    ) -> None:
        before = admission(programme, level, profile, has)
        after = admission(programme, level, profile, [*has, extra])

        assert OUTCOMES.index(after.outcome) <= OUTCOMES.index(before.outcome)

    @given(programmes, levels, profiles, subjects, st.randoms())
    def test_does_not_depend_on_the_order_of_the_subjects(
        self,
        programme: Programme,
        level: str | None,
        profile: str | None,
        has: list[str],
        chance: random.Random,
    ) -> None:
        shuffled = chance.sample(has, len(has))

        assert admission(programme, level, profile, has) == admission(programme, level, profile, shuffled)

    @given(programmes, st.sampled_from(["havo", "vwo"]), subjects)
    def test_is_as_good_with_a_double_profile_as_with_the_better_of_the_two(
        self, programme: Programme, level: str, has: list[str]
    ) -> None:
        for double in DOUBLE:
            alone = [admission(programme, level, one, has).outcome for one in double.split("/")]
            together = admission(programme, level, double, has).outcome

            assert OUTCOMES.index(together) <= min(map(OUTCOMES.index, alone))

    @given(programmes, levels, profiles, subjects)
    def test_says_by_which_rule_of_which_date_and_where_to_check(
        self, programme: Programme, level: str | None, profile: str | None, has: list[str]
    ) -> None:
        found = admission(programme, level, profile, has)
        words = whole(found, level)

        assert bool(found.source) == bool(found.date)
        if found.date:
            assert "Controleer dit bij de opleiding." in words
        if found.date.startswith("2015"):
            assert "2015" in words
            assert "2015" in found.source
        if found.missing:
            assert "decaan" in words

    @given(programmes, levels, profiles, subjects)
    def test_is_easy_to_read_and_turns_nobody_away(
        self, programme: Programme, level: str | None, profile: str | None, has: list[str]
    ) -> None:
        words = whole(admission(programme, level, profile, has), level)

        assert longest_sentence(words) <= MOST_WORDS_A_SENTENCE, words
        assert reading_ease(words) >= EASIEST, words
        assert "  " not in words
        assert not any(no in words.lower() for no in ("mag niet", "kan niet", "helaas", "geen toegang"))


class TestAnswersAndCards:
    """What the chat answers to "may I" and what stands on the card of a programme are one thing."""

    SAID: ClassVar[dict[str, str]] = {
        "may_enter": "was je pakket volgens de regels van 2015 goed",
        "with_steps": "vroegen de regels van 2015 ook {missing}",
        "not_by_rule": "mist met {profile} nog een vak",
    }

    @pytest.mark.parametrize("level", ["havo", "vwo"])
    @pytest.mark.parametrize("kind", ["tweedegraads", "groen_techniek"])
    def test_agree_for_every_subject_and_profile(self, kind: Any, level: str) -> None:
        for subject in read_content("admission")["profile_rules"][kind]:
            for profile in PROFILES:
                card = admission_to(kind, subject, applicant_of(level, profile))
                text = answer(
                    "ask_admission_requirements", on_roster(level, 5, profile), about(subject, kind)
                ).text
                outcome = "may_enter" if subject == "Nederlandse gebarentaal" else card.outcome
                said = self.SAID[outcome].format(missing="".join(card.missing), profile=profile)

                assert said in text, (subject, profile, card, text)

    @pytest.mark.parametrize("profile", PROFILES)
    def test_agree_on_the_tests_of_the_pabo(self, profile: str) -> None:
        for subjects in ((), ("aardrijkskunde",), ("geschiedenis", "nlt")):
            asker = replace(on_roster("havo", 4, profile), exam_subjects=frozenset(subjects))
            left = pabo_tests_of([profile], set(subjects)).left
            card = admission_to("pabo", "basisonderwijs", applicant_of("havo", profile, subjects))

            for text in (card.step, answer("ask_pabo_entry_tests", asker).text):
                sentence = next(
                    one for one in sentences(text) if "toets voor" in one or "blijven over" in one
                )
                assert [test for test in read_content("admission")["pabo_tests"] if test in sentence] == list(
                    left
                )


class TestApplicantOf:
    @pytest.mark.parametrize(
        ("profile", "profiles"),
        [
            ("NT", ("NT",)), ("ng", ("NG",)), ("n&t", ("NT",)), ("Natuur en Gezondheid", ("NG",)),
            ("NG/NT", ("NT", "NG")), ("EM en CM", ("EM", "CM")), ("NT+NG", ("NT", "NG")), ("", ()),
            (None, ()),
        ],
    )  # fmt: skip
    def test_takes_a_profile_as_it_is_written(self, profile: str | None, profiles: tuple[str, ...]) -> None:
        assert applicant_of("havo", profile).profiles == profiles

    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            (("havo", "techniekroute"), "profile"),
            (("havo", "NT/NG/EM"), "profile"),
            (("havo", "NT of NG"), "profile"),
            (("mbo4", "NT"), "profile"),
            (("groep 8", None), "level"),
            (("havo", "NT", ("toveren",)), "exam_subjects"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, asked: tuple[Any, ...], name: str) -> None:
        with pytest.raises(UnusableFilter) as refusal:
            applicant_of(*asked)

        assert refusal.value.name == name
