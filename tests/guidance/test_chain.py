from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.chain import GENESIS, Link, canonical, hash_of_personal, hash_of_public, verify_links

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def chain_of(*kinds: str) -> list[Link]:
    links: list[Link] = []
    for number, kind in enumerate(kinds, start=1):
        personal = {"pupil_id": number}
        public = {
            "kind": kind,
            "previous_hash": links[-1].hash if links else GENESIS,
            "personal_hash": hash_of_personal("ab" * 32, personal),
        }
        links.append(Link(number, public, hash_of_public(public), "ab" * 32, personal))
    return links


class TestCanonical:
    def test_is_the_same_for_one_moment_in_two_zones(self) -> None:
        there = NOON.astimezone(timezone(timedelta(hours=2)))

        assert canonical({"at": NOON}) == canonical({"at": there})

    def test_leaves_out_what_is_empty(self) -> None:
        assert canonical({"kind": "talk_held", "reverses": None}) == canonical({"kind": "talk_held"})


class TestVerifyLinks:
    @given(st.lists(st.sampled_from(["check_in_completed", "talk_held"]), max_size=8))
    def test_finds_an_untouched_chain_whole(self, kinds: list[str]) -> None:
        found = verify_links(chain_of(*kinds))

        assert (found.is_whole, found.rows) == (True, len(kinds))

    @given(st.integers(2, 8), st.data())
    def test_finds_a_missing_row(self, length: int, data: Any) -> None:
        links = chain_of(*["talk_held"] * length)
        gone = data.draw(st.integers(0, length - 2))

        found = verify_links(links[:gone] + links[gone + 1 :])

        assert found.first_bad
        assert (found.first_bad.number, found.first_bad.reason) == (gone + 2, "previous hash")

    @given(st.integers(2, 8), st.data())
    def test_finds_two_swapped_rows(self, length: int, data: Any) -> None:
        links = chain_of(*["talk_held"] * length)
        one, other = data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True))
        links[one], links[other] = links[other], links[one]

        assert not verify_links(links).is_whole

    def test_finds_a_changed_row(self) -> None:
        links = chain_of("talk_held", "talk_held")
        links[1] = links[1]._replace(public={**links[1].public, "kind": "event_attended"})

        assert str(verify_links(links).first_bad) == "BadRow(number=2, reason='hash')"

    def test_finds_a_personal_side_that_was_given_to_someone_else(self) -> None:
        links = chain_of("talk_held")
        links[0] = links[0]._replace(personal={"pupil_id": 9})

        assert str(verify_links(links).first_bad) == "BadRow(number=1, reason='personal side')"

    def test_counts_an_erased_side_and_stays_whole(self) -> None:
        links = chain_of("talk_held", "talk_held")
        links[0] = links[0]._replace(salt=None, personal=None)

        found = verify_links(links)

        assert (found.is_whole, found.erased) == (True, 1)

    @pytest.mark.parametrize("kinds", [("talk_held",), ("event_attended", "talk_held", "talk_held")], ids=len)
    def test_finds_a_chain_rebuilt_or_cut_short_by_the_head_that_was_mailed(
        self, kinds: tuple[str, ...]
    ) -> None:
        mailed = chain_of("talk_held", "talk_held")[-1].hash

        assert not verify_links(chain_of(*kinds), known_head=mailed).is_whole

    def test_accepts_a_mailed_head_that_has_grown_since(self) -> None:
        links = chain_of("talk_held", "talk_held", "talk_held")

        assert verify_links(links, known_head=links[1].hash).is_whole
