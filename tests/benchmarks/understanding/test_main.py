"""The command, as far as it goes without training."""

import pytest

from benchmarks.understanding.__main__ import main


@pytest.fixture(autouse=True)
def _machine_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def test_leaves_out_what_cannot_run_here_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--systems", "nlpjs"]) == 0
    assert capsys.readouterr().out == "nlpjs is left out: node and npm are not on this machine\n"


def test_fails_where_every_system_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--systems", "nlpjs", "--require-all"]) == 1
    assert "node" in capsys.readouterr().err


def test_refuses_a_system_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--systems", "gone"]) == 1
    assert "a_words" in capsys.readouterr().err
