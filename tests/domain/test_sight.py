"""Whatever is looked at, typed, attested, shown and taken away: done means seen by enough."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from labapp.domain import progress
from labapp.domain.progress import Look, Sight

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUESTIONS = (1, 2)
PEOPLE = st.integers(1, 6)
ANSWERS = st.tuples(st.booleans(), st.booleans())


class Steps(RuleBasedStateMachine):
    """One step, while people look, write for others, attest, show things and take them away."""

    @initialize(needed=st.integers(2, 3), has_work=st.booleans())
    def agree(self, needed: int, has_work: bool) -> None:
        self.needed, self.has_work = needed, has_work
        self.looks: list[Look] = []
        self.yes: dict[int, dict[int, bool]] = {}
        self.shown = 0

    @rule(who=PEOPLE, day=st.integers(0, 4), yes=ANSWERS)
    def look(self, who: int, day: int, yes: tuple[bool, bool]) -> None:
        self._add(self._look(who, day), yes)

    @rule(day=st.integers(0, 4), present=st.integers(1, 5), yes=ANSWERS)
    def visit(self, day: int, present: int, yes: tuple[bool, bool]) -> None:
        self._add(replace(self._look(7, day), by_committee=True, present=present), yes)

    @rule(who=PEOPLE, by=PEOPLE, tied=st.booleans(), yes=ANSWERS)
    def write(self, who: int, by: int, tied: bool, yes: tuple[bool, bool]) -> None:
        typist = None if who == by else by
        self._add(replace(self._look(who, 4), typed_by=typist, by_independent=not tied), yes)

    @rule(place=st.integers(0, 30), by=PEOPLE)
    def attest(self, place: int, by: int) -> None:
        typed = [n for n, look in enumerate(self.looks) if look.typed_by is not None]
        if typed:
            at = typed[place % len(typed)]
            self.looks[at] = replace(self.looks[at], attested_by=by)

    @rule()
    def show(self) -> None:
        self.shown += 1

    @rule()
    def take_away(self) -> None:
        self.shown = max(0, self.shown - 1)

    @invariant()
    def what_is_done_was_shown_and_seen_by_enough(self) -> None:
        sight = self._sight()
        if not sight.is_done:
            return
        assert self.shown
        assert all(all(self.yes[look.id].values()) for look in sight.looks)
        if self.has_work:
            (visit,) = sight.looks
            made = [look for look in self.looks if look.by_committee and look.present >= 3]
            assert visit.present >= 3
            assert visit.day == max(look.day for look in made)
            return
        people = {look.person_id for look in sight.looks}
        assert len(people) == len(sight.looks) >= self.needed
        assert len({look.hand for look in sight.looks}) == self.needed
        for look in sight.looks:
            assert look.typed_by is None or look.by_independent or look.attested_by

    @invariant()
    def what_is_lacking_is_lacking(self) -> None:
        sight = self._sight()
        assert bool(sight.lacking) is not bool(sight.looks)
        assert sight.percent == 0 or (self.shown and sight.looks)

    def _look(self, who: int, day: int) -> Look:
        key = len(self.looks) + 1
        return Look(key, False, who, TODAY + timedelta(days=day), NOW + timedelta(hours=key))

    def _add(self, look: Look, yes: tuple[bool, bool]) -> None:
        self.looks.append(look)
        self.yes[look.id] = dict(zip(QUESTIONS, yes, strict=True))

    def _sight(self) -> Sight:
        work, needed = self.has_work, self.needed
        stand = progress.standing(self.looks, has_work=work, needed=needed)
        return Sight(
            stand,
            bool(self.shown),
            progress.lacking(self.looks, has_work=work, needed=needed),
            progress.together([self.yes[look.id] for look in stand]),
        )


TestSteps = Steps.TestCase


@given(st.lists(st.tuples(PEOPLE, ANSWERS), max_size=8), PEOPLE)
def test_a_no_said_last_leaves_no_step_done(
    said: list[tuple[int, tuple[bool, bool]]], who: int
) -> None:
    looks, yes = [], {}
    for key, (person, answers) in enumerate([*said, (who, (True, False))]):
        looks.append(Look(key, False, person, TODAY, NOW + timedelta(hours=key)))
        yes[key] = dict(zip(QUESTIONS, answers, strict=True))

    stand = progress.standing(looks, has_work=False)

    assert not Sight(stand, True, 0, progress.together([yes[look.id] for look in stand])).is_done
