"""The ideal asker beside ours: the same pupils, chances that hold when counted, bounds that are kept."""

import numpy as np
import pytest

from benchmarks.check_ins.agreement import named_by
from benchmarks.check_ins.ideal import ASKERS, IDEAL, MOST_ITEMS, OURS, TOLD, Run, run_of_ideal, runs_of
from benchmarks.check_ins.limits import bounds_of, curve_of, limits_as_text, measure_limits
from benchmarks.check_ins.population import population_of
from benchmarks.check_ins.pupils import FORM, PLAIN, Style, pupils_with_their_interests
from guidance.ratings import Rating

SEED = 5
PUPILS = 40


@pytest.fixture(scope="module")
def runs() -> list[dict[str, Run]]:
    return list(runs_of(PLAIN, PUPILS, SEED))


def every(runs: list[dict[str, Run]], asker: str) -> list[Run]:
    return [one[asker] for one in runs]


def test_gives_the_same_figures_for_the_same_seed() -> None:
    first, again, other = (measure_limits([PLAIN], 3, seed) for seed in (SEED, SEED, SEED + 1))

    assert first == again != other


@pytest.mark.parametrize("asker", ASKERS)
def test_is_right_and_sure_when_all_is_asked(runs: list[dict[str, Run]], asker: str) -> None:
    for run in every(runs, asker):
        assert (run.sure[-1], run.chance[-1], run.agrees[-1]) == (1, 1, 1)


@pytest.mark.parametrize("asker", ASKERS)
def test_is_right_as_often_as_its_chance_says(runs: list[dict[str, Run]], asker: str) -> None:
    chance, agrees = (
        np.array([getattr(run, row)[12:30] for run in every(runs, asker)]) for row in ("chance", "agrees")
    )

    # Places of one run lean on each other, so the error is that of runs.
    error = (agrees - chance).mean(axis=1).std() / np.sqrt(PUPILS)
    assert abs((agrees - chance).mean()) < 4 * error


def test_knows_more_when_it_is_told_more(runs: list[dict[str, Run]]) -> None:
    at_half = {asker: np.mean([run.chance[18] for run in every(runs, asker)]) for asker in ASKERS}

    assert at_half[OURS] < at_half[IDEAL] < at_half[TOLD]


def test_never_finds_more_than_the_bounds_allow(runs: list[dict[str, Run]]) -> None:
    curve, bounds = curve_of(every(runs, IDEAL)), bounds_of(every(runs, IDEAL))
    asked, chance = curve.asked.mean(axis=1), curve.chance.mean(axis=1)

    assert chance[asked <= 0.6].max() <= bounds["agreement_at_most"].share
    assert asked[chance >= 0.95].min() >= bounds["asked_at_least"].share


def test_asks_less_of_who_is_clear() -> None:
    pupil = next(pupils_with_their_interests(PLAIN, 1, SEED))
    population = population_of(PLAIN, pupil.liked)
    clear = {
        item.id: Rating("value", 5 if item.field in ("social", "artistic", "realistic") else 1)
        for item in FORM.items
    }
    even = dict.fromkeys(clear, Rating("value", 3))

    asked = [
        int((run_of_ideal(population, answers, named_by(FORM, answers)).sure >= 0.95).argmax())
        for answers in (clear, even)
    ]

    assert asked[0] < asked[1] <= MOST_ITEMS


def test_shows_every_asker_of_every_style() -> None:
    styles = [PLAIN, Style("often unsure", unsure=0.3)]

    lines = limits_as_text(measure_limits(styles, 2, SEED)).splitlines()[2:]

    assert [[cell.strip() for cell in line.split("|")[1:3]] for line in lines] == [
        [asker, group] for asker in ASKERS for group in ("plain", "often unsure", "overall")
    ]
