import json
from pathlib import Path

from commands import redaction, safety


def test_scores_safety_rows_in_the_order_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text("acute\tik wil dood\nconcern\tik kan niet meer\nnone\thavo 3\n", "utf-8")

    assert safety.main(["eval", str(tmp_path / "in.tsv"), str(tmp_path / "out.json")]) == 0

    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (figures["n"], figures["acute_as_b"], figures["none_as_b"]) == (3, 1.0, 0.0)
    assert [row["tier"] for row in figures["rows"]] == ["B", "A", None]


def test_scores_what_is_held_back_whatever_the_reason(tmp_path: Path) -> None:
    rows = "contact\tmentor\tBel 06-12345678\nmeeting\tpupil\tzullen we afspreken\nok\tpupil\thavo 3\n"
    (tmp_path / "in.tsv").write_text(rows, "utf-8")

    assert safety.main(["held-back", str(tmp_path / "in.tsv"), str(tmp_path / "out.json")]) == 0

    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [figures[f"{name}_held"] for name in safety.HELD] == [1.0, None, 1.0, None, 0.0]
    assert [bool(row["why"]) for row in figures["rows"]] == [True, True, False]


def test_scores_redaction_by_type_and_by_what_was_touched(tmp_path: Path) -> None:
    phone = json.dumps([{"type": "phone", "value": "06-12345678"}])
    (tmp_path / "in.tsv").write_text(f"{phone}\tbel 06-12345678\n[]\thavo 3\n", "utf-8")

    assert redaction.main(["eval", str(tmp_path / "in.tsv"), str(tmp_path / "out.json")]) == 0

    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (figures["recall_by_type"], figures["touched"]) == ({"phone": 1.0}, 0.0)
    assert figures["rows"][0]["redacted"] == "bel [telefoonnummer]"
