"""Pages of reviews and ANTAI's desk: doors, forms, what waits."""

from datetime import timedelta

import pytest

from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.review import queries
from tests.audits import make as audits
from tests.client import Client
from tests.followup.make import evidence
from tests.make import Make, sign_in
from tests.review.make import review

HTML = "<script>alert(1)</script> 😀"
JUDGES = ("reviews/1/validate", "reviews/1/return", "reviews/1/irm")
PARTS = ("labs", "reviews", "overdue", "gaps", "committees")


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_anyone_reads_the_reviews_of_a_lab(make: Make, client: Client, lab: Lab) -> None:
    review(make, lab)
    audits.watch(make, lab)

    for path in ("reviews/", "reviews/1/"):
        page = client.get(f"/labs/{lab.slug}/{path}")
        assert page.status_code == 200
        assert "Enviar el seguimiento" not in page.text
    assert client.get(f"/labs/{lab.slug}/reviews/2/").status_code == 404


@pytest.mark.parametrize("path", JUDGES)
def test_a_judges_page_has_its_doors(make: Make, client: Client, lab: Lab, path: str) -> None:
    review(make, lab)
    page = f"/labs/{lab.slug}/{path}"

    visitor = client.get(page).status_code
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    facilitator = client.get(page).status_code
    sign_in(client, make.actor(lab, Role.REVIEWER, Role.FACILITATOR))
    both = client.get(page).status_code
    sign_in(client, make.actor(lab, Role.REVIEWER))
    right = client.get(page).status_code

    assert visitor in (302, 401)
    assert (facilitator, both, right) == (403, 403, 200)


def test_a_review_goes_there_and_back_and_is_validated(
    make: Make, client: Client, lab: Lab
) -> None:
    base, today = f"/labs/{lab.slug}/reviews", local_day(utcnow())
    made = audits.watch(make, lab)
    evidence(make, lab, made.step)
    audits.visit(made, True, False)
    sign_in(client, made.facilitator)
    form = {
        "period_starts_on": (today - timedelta(days=90)).isoformat(),
        "period_ends_on": today.isoformat(),
        "report": HTML,
        "once": "a-mark-of-this-form-1",
    }
    for _again in range(2):
        assert client.post(f"{base}/new", data=form).headers["Location"] == f"{base}/1/"

    sign_in(client, made.reviewer)
    client.post(f"{base}/1/return", data={"observations": "Explique.", "office": "Dirección"})
    assert client.post(f"{base}/1/validate", data=_value("limited")).status_code == 409
    sign_in(client, made.facilitator)
    client.post(f"{base}/1/answer", data={"text": "Ya está explicado."})
    sign_in(client, made.reviewer)
    assert client.post(f"{base}/1/validate", data={"completion": "limited"}).status_code == 422
    client.post(f"{base}/1/validate", data=_value("limited"))
    assert client.post(f"{base}/1/irm", data={"irm": "complete"}).status_code == 422
    client.post(f"{base}/1/irm", data={"irm": "complete", "source": "Informe, p. 3"})

    page = client.get(f"{base}/1/").text
    for said in ("Explique.", "Ya está explicado.", "Limitado", "Informe, p. 3", "&lt;script"):
        assert said in page
    assert queries.last_validated(lab.id)


def _value(word: str) -> dict[str, str]:
    return {"completion": word, "reason": "Así consta."}


def test_complete_without_evidence_comes_back_with_what_was_typed(
    make: Make, client: Client, lab: Lab
) -> None:
    review(make, lab)
    sign_in(client, make.actor(lab, Role.REVIEWER))

    answer = client.post(f"/labs/{lab.slug}/reviews/1/validate", data=_value("complete"))

    assert answer.status_code == 409
    assert "Así consta." in answer.text


@pytest.mark.parametrize(
    "changed",
    [
        {"report": ""},
        {"report": "x" * 20_001},
        {"period_ends_on": "2999-01-01"},
        {"period_ends_on": "2019-01-01"},
        {"period_starts_on": "ayer"},
    ],
)
def test_a_report_that_will_not_do_comes_back(
    make: Make, client: Client, lab: Lab, changed: dict[str, str]
) -> None:
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    good = {
        "period_starts_on": "2020-01-01",
        "period_ends_on": "2020-06-30",
        "report": "Se hizo la mitad.",
    }

    answer = client.post(f"/labs/{lab.slug}/reviews/new", data={**good, **changed})

    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["", *PARTS])
def test_the_desk_is_antais_alone(make: Make, client: Client, path: str) -> None:
    page = f"/desk/{path}"

    visitor = client.get(page).status_code
    sign_in(client, make.person(Role.TRUSTED))
    trusted = client.get(page).status_code
    sign_in(client, make.person(Role.REVIEWER))

    assert visitor in (302, 401)
    assert (trusted, client.get(page).status_code) == (403, 200)
    assert client.get("/desk/nothing").status_code == 404


def test_the_desk_shows_what_waits_and_what_differs(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    evidence(make, lab, made.step)
    audits.visit(made, True, False)
    made.step.declared = 100
    audits.finding(made)
    review(make, lab)
    other = make.lab(Stage.FOLLOWUP)
    told = audits.watch(make, other, certified=False)
    told.committee.reported_on = audits.TODAY
    draft = make.lab(Stage.PREPARATION)
    draft.approved_at = draft.approved_by_id = None
    sign_in(client, make.person(Role.REVIEWER))

    page = client.get("/desk/").text

    assert f"/labs/{draft.slug}/approval" in page
    assert f"/labs/{lab.slug}/reviews/1/" in page
    assert f"/labs/{lab.slug}/findings/1/" in page
    assert f"/labs/{other.slug}/committees/1/" in page
    assert "100\u00a0%" in page
    assert "66\u00a0%" in page
