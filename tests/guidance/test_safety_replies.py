import pytest

from guidance.safety import Danger
from guidance.safety_replies import concern_reply, danger_reply, still_here_reply

EXPLICIT = Danger("B", "suicide")
HELP_LINES = ["112", "113", "0800-0113", "0800-0432", "0800-2000"]


def said(**situation: object) -> str:
    known: dict[str, object] = {"contact_name": None, "signed_in": True, "notified": False, **situation}
    return danger_reply(EXPLICIT, **known).text  # type: ignore[arg-type]


class TestDangerReply:
    def test_names_the_contact_who_gets_a_message(self) -> None:
        assert "Jansen op school krijgt nu een bericht." in said(contact_name="Jansen", notified=True)

    def test_tells_an_anonymous_pupil_that_nobody_can_be_told(self) -> None:
        told = "Ik weet niet wie je bent. Ik kan dus niemand op school iets laten weten."

        assert told in said(signed_in=False)

    @pytest.mark.parametrize(
        "situation",
        [
            {"contact_name": "Jansen"},
            {"notified": False},
            {"signed_in": False, "contact_name": "Jansen", "notified": True},
        ],
        ids=["not stored", "nobody", "anonymous"],
    )
    def test_claims_nothing_when_no_message_went_out(self, situation: dict[str, object]) -> None:
        assert "krijgt nu een bericht" not in said(**situation)
        assert "Jansen" not in said(**situation)

    @pytest.mark.parametrize(
        "text",
        [
            said(contact_name="Jansen", notified=True),
            said(),
            said(signed_in=False),
            concern_reply().text,
            still_here_reply().text,
        ],
        ids=["contact", "nobody", "anonymous", "concern", "still here"],
    )
    def test_carries_every_help_line_and_no_question_of_its_own(self, text: str) -> None:
        assert [line for line in HELP_LINES if line not in text] == []
        assert "opleiding" not in text

    def test_shows_only_help_lines_to_a_veiled_signal(self) -> None:
        veiled = danger_reply(Danger("A", "suicide"), contact_name="Jansen", signed_in=True, notified=True)

        assert veiled == concern_reply()
