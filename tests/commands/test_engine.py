"""Preparing the engine: names, models and scores."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.engine import forget_old_models, model_path
from commands.engine_names import all_names, write_names
from commands.nlu_eval import Row, evaluate, read_rows
from guidance.catalogue import read_catalogue
from guidance.content import read_content
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.places import find_place
from guidance.programme_filters import subject_named
from guidance.settings import ROOT

# Stands in for the engine: it understands any text as the intent that the text names.
ECHO = """
import json, sys
for line in sys.stdin:
    text = json.loads(line)["text"]
    answer = {"intent": text.split()[0] if text else None, "confidence": 0.5, "ranking": []}
    print(json.dumps(answer), flush=True)
"""


def is_known(place: str) -> bool:
    """Tell whether the service knows a place, be it one of several."""
    try:
        return bool(find_place(place))
    except AmbiguousPlace:
        return True
    except UnknownPlace:
        return False


class TestNames:
    def test_the_same_content_gives_the_same_bytes(self, tmp_path: Path) -> None:
        assert write_names(tmp_path / "a").read_bytes() == write_names(tmp_path / "b").read_bytes() != b""

    def test_are_the_same_in_every_process(self, tmp_path: Path) -> None:
        write = "import sys; from pathlib import Path; from commands.engine_names import write_names; "
        for seed in ("0", "1"):
            subprocess.run(
                [sys.executable, "-c", f"{write}write_names(Path(sys.argv[1]))", str(tmp_path / seed)],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed},
                check=True,
            )

        assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()

    def test_places_that_share_a_name_are_one(self) -> None:
        names = [place["value"] for place in all_names()["place"]]

        assert names.count("Hengelo") == 1
        assert len(names) == len(set(names))

    def test_a_spelling_that_places_share_is_of_the_largest(self) -> None:
        spellings = {place["value"]: place["spellings"] for place in all_names()["place"]}

        assert "Den Bosch" in spellings["'s-Hertogenbosch"]
        assert "Den Hoorn" not in spellings["Hoorn"]

    def test_an_island_or_a_province_without_a_town_of_its_name_is_a_place(self) -> None:
        values = {place["value"] for place in all_names()["place"]}

        assert {"Texel", "Terschelling", "Ameland", "Noordoostpolder", "Friesland"} <= values

    def test_every_place_can_be_found_by_the_service(self) -> None:
        unknown = [place["value"] for place in all_names()["place"] if not is_known(place["value"])]

        assert unknown == []

    def test_a_long_name_is_found_in_short(self) -> None:
        spellings = {spelling for place in all_names()["place"] for spelling in place["spellings"]}

        assert {"Capelle ad IJssel", "Alphen a/d Rijn", "St Annaparochie"} <= spellings

    def test_the_search_knows_every_subject(self) -> None:
        called = read_content("names_in_chat")

        assert all(subject_named(subject) for subject in {*called["subjects"], *called["short"]})
        assert {*called["no_subjects"]} <= {programme.subject for programme in read_catalogue()}


class TestModels:
    def test_the_model_is_named_after_what_decides(self) -> None:
        assert model_path() == model_path()
        assert model_path().parent == ROOT / "models"

    def test_only_the_newest_are_kept(self, tmp_path: Path) -> None:
        for age, name in enumerate(["newest", "older", "oldest"]):
            file = tmp_path / f"{name}.tar.gz"
            file.touch()
            os.utime(file, (1000 - age, 1000 - age))

        forget_old_models(tmp_path, keep=2)

        assert {file.name for file in tmp_path.iterdir()} == {"newest.tar.gz", "older.tar.gz"}


class TestEvaluation:
    def report(self, *rows: Row) -> dict[str, object]:
        return evaluate(rows, [sys.executable, "-c", ECHO], cwd=ROOT, environment=os.environ)

    def test_keeps_the_order_of_the_file(self) -> None:
        report = self.report(Row("greet", "greet hoi"), Row("thank", "greet dank"))

        assert [row["text"] for row in report["rows"]] == ["greet hoi", "greet dank"]  # type: ignore[attr-defined]
        assert (report["n"], report["accuracy"]) == (2, 0.5)

    @pytest.mark.parametrize(
        ("text", "predicted"),
        [("nlu_fallback", "out_of_scope"), ("ik wil niet meer leven", "express_crisis"), ("greet", "greet")],
        ids=["a refusal", "explicit danger", "anything else"],
    )
    def test_predicts_what_a_fresh_talk_would_do(self, text: str, predicted: str) -> None:
        assert self.report(Row("any", text))["rows"][0]["predicted"] == predicted  # type: ignore[index]

    def test_reads_rows_and_skips_empty_lines(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.tsv"
        file.write_text("greet\thoi daar\n\ninform\tOmmen\n")

        assert read_rows(file) == [Row("greet", "hoi daar"), Row("inform", "Ommen")]
