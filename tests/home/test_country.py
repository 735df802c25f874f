"""The country adds up: every total is the sum of what is listed, and every lab has its dot."""

import re
from collections import Counter
from datetime import timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from labapp.audits import queries as audits
from labapp.db import db
from labapp.domain.stage import LabKind, Stage
from labapp.followup import queries as followup
from labapp.home import dotmap
from labapp.home.queries import country
from labapp.home.queries.country import STOPPED, LabCounts
from labapp.labs.models import Lab
from labapp.plans.models import Measure, Plan
from labapp.territory import queries as territory
from labapp.territory.models import Level
from labapp.territory.service import import_places
from tests.client import Client
from tests.followup.make import agreement, letter
from tests.make import NOW, Make
from tests.sessions import make as meetings

TODAY = NOW.date() + timedelta(days=90)


def _everything(make: Make) -> list[Lab]:
    """Make labs at each stage: real and example, approved and not, in one plan."""
    import_places()
    plan, labs = make.plan(), []
    for stage, example, approved in product(Stage, (False, True), (True, False)):
        lab = make.lab(stage)
        lab.example, lab.plan_id = example, plan.id
        lab.place_code = "080818" if stage in (Stage.CALL, Stage.CANCELLED) else None
        if not approved:
            lab.approved_at = lab.approved_by_id = None
        labs.append(lab)
    db.session.flush()
    return labs


def test_the_country_adds_up_with_labs_of_every_stage(make: Make, client: Client) -> None:
    labs = _everything(make)
    twice = make.lab(Stage.CALL)
    db.session.commit()
    real = [lab for lab in [*labs, twice] if lab.approved_at and not lab.example]

    counts = country.lab_counts()
    page = client.get("/country/").text

    assert counts.stages == Counter(lab.stage for lab in real)
    assert counts.labs == sum(lab.stage not in STOPPED for lab in real) == len(Stage) - 1
    assert counts.labs == sum(counts.standing.values())
    assert counts.stopped == {Stage.SUSPENDED: 1, Stage.CANCELLED: 1}
    assert (counts.apart, counts.examples, counts.confirmed) == (len(Stage), False, 1)
    listed = {*re.findall(r"/labs/(lab-[0-9]+)/", page)}
    assert len(listed) == counts.listed == len(Stage) * 2 + 1
    assert f"<b>{counts.labs}</b>" in page
    assert f"Además, {len(Stage)} de ejemplo" in page
    assert "Aparte, sin sumar: 1 " in page


def test_where_every_lab_is_an_example_the_numbers_are_of_them_and_say_so(
    make: Make, client: Client
) -> None:
    make.lab().example = True
    db.session.commit()

    counts = country.lab_counts()
    page = client.get("/country/").text

    assert (counts.labs, counts.apart, counts.examples) == (1, 0, True)
    assert "son de ejemplo" in page
    assert country.measures(make.plan())[Measure.NEW_LABS] == 0


@given(
    st.dictionaries(st.sampled_from(Stage), st.integers(1, 9)),
    st.integers(0, 9),
)
def test_the_parts_of_the_country_are_its_whole(stages: dict[Stage, int], apart: int) -> None:
    counts = LabCounts(stages=stages, confirmed=0, examples=False, apart=apart)

    assert counts.standing.keys().isdisjoint(counts.stopped)
    assert {**counts.standing, **counts.stopped} == stages
    assert counts.labs + sum(counts.stopped.values()) + counts.apart == counts.listed


def test_what_is_owed_in_the_country_is_what_its_approved_labs_owe(make: Make) -> None:
    owing = [make.lab(Stage.FOLLOWUP) for _ in range(5)]
    for lab in owing:
        agreement(make, lab)
        letter(make, lab)
    owing[1].example = True
    owing[2].approved_at = owing[2].approved_by_id = None
    owing[3].stage, owing[4].stage = Stage.SUSPENDED, Stage.CANCELLED
    db.session.flush()

    for examples, mine in ((False, [owing[0], owing[3], owing[4]]), (True, [owing[1]])):
        whole = followup.numbers(TODAY, examples=examples)
        parts = [followup.numbers(TODAY, lab.id) for lab in mine]
        for count in ("agreements", "steps", "steps_overdue", "letters", "letters_answered"):
            assert getattr(whole, count) == sum(getattr(part, count) for part in parts), count
    assert followup.numbers(TODAY).agreements == 3
    assert audits.numbers() == audits.AuditStatistics()


def test_a_target_counts_what_the_approved_labs_of_its_plan_did(make: Make) -> None:
    labs = _everything(make)
    for lab in labs:
        meetings.meeting(make, lab, closed=True)
    counted = [
        lab for lab in labs if lab.approved_at and not lab.example and lab.stage != Stage.CANCELLED
    ]
    counted[0].kind = LabKind.FOLLOW_UP
    db.session.flush()
    plan = db.session.get_one(Plan, labs[0].plan_id)

    measured = country.measures(plan)

    assert measured[Measure.MEETINGS] == len(counted) == len(Stage) - 1
    assert measured[Measure.NEW_LABS] + measured[Measure.FOLLOW_UP_LABS] == len(counted)
    assert measured[Measure.FOLLOW_UP_LABS] == 1


def test_every_place_that_a_lab_may_name_has_its_dot_or_is_named_as_without_one(make: Make) -> None:
    import_places()
    places = dotmap.locate(territory.dots())
    codes = {code for code, *_rest in places}
    levels = {chain.level for chain in territory.chains(codes).values()}

    without = dotmap.without_dot(places, codes)
    for code, name, *_point in places:
        drawn = dotmap.draw_dots(places, known={code}, maybe=())
        assert drawn.count('class="lab"') == (name not in without), name

    assert levels == {*Level}
    # A comarca in whose code no corregimiento lies.
    assert without == ["Naso Tjër Di"]
    assert len(codes) > 780


def test_a_district_stands_in_the_middle_of_its_corregimientos_and_is_drawn_only_with_a_lab(
    make: Make, client: Client
) -> None:
    rows = [
        ("08", "Panamá", None, None),
        ("0801", "Distrito", None, None),
        ("080101", "Uno", -80.0, 8.0),
        ("080102", "Dos", -79.0, 9.0),
        ("0802", "Vacío", None, None),
    ]

    places = dotmap.locate(rows)

    assert places[0][2:] == places[1][2:] == (-79.5, 8.5)
    assert dotmap.without_dot(places, {"08", "0802", "080101"}) == ["Vacío"]
    assert dotmap.draw_dots(places, known=(), maybe=()).count("<circle") == 2
    assert dotmap.draw_dots(places, known=("0801",), maybe=()).count("<circle") == 3

    import_places()
    there, nowhere = make.lab(), make.lab()
    there.place_code, nowhere.place_code = "10", "0105"
    db.session.commit()
    page = client.get("/country/").text

    assert "<title>Guna Yala</title>" in page
    assert "Sin punto en el mapa: Naso Tjër Di." in page
