import pytest
from sqlalchemy.orm import Session, sessionmaker

from guidance.errors import StaleForm
from guidance.models.experiences import ExperienceOffer
from guidance.services.stale import require_fresh
from tests.guidance.services.test_experience_offers import add


@pytest.fixture
def offer(session: Session) -> ExperienceOffer:
    offer = add(session)
    session.commit()
    return offer


class TestRequireFresh:
    def test_counts_each_change(self, session: Session, offer: ExperienceOffer) -> None:
        for seen in (1, 2):
            require_fresh(session, offer, seen)

        assert offer.version == 3

    @pytest.mark.parametrize("seen", [0, 2], ids=["older", "never there"])
    def test_refuses_another_version_and_counts_nothing(
        self, session: Session, offer: ExperienceOffer, seen: int
    ) -> None:
        with pytest.raises(StaleForm):
            require_fresh(session, offer, seen)

        assert offer.version == 1

    def test_sees_what_another_changed_meanwhile(
        self, session: Session, sessions: sessionmaker[Session], offer: ExperienceOffer
    ) -> None:
        with sessions.begin() as other:
            changed = other.get(ExperienceOffer, offer.id)
            assert changed
            require_fresh(other, changed, 1)

        with pytest.raises(StaleForm):
            require_fresh(session, offer, 1)
