"""A fresh lab goes from a problem to a result that somebody has checked, by the pages alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from labapp.db import db
from tests.browser.conftest import Site
from tests.browser.journey import PASSWORD, Journey
from tests.browser.screens import SCREENS
from tests.browser.site import begin
from tests.browser.somebody import words
from tests.browser.steps import (
    agreements,
    beginning,
    committees,
    ending,
    meetings,
    problems,
    proposals,
    votes,
)
from tests.make import Make


@pytest.fixture(scope="session")
def begun(site: Site) -> Site:
    with site.app.app_context():
        begin(PASSWORD)
    return site


@pytest.fixture(scope="session")
def called(site: Site) -> str:
    """The address of a lab whose call is open."""
    with site.app.app_context():
        lab = Make().lab()
        address = f"/labs/{lab.slug}/"
        db.session.commit()
    return address


@pytest.fixture(params=SCREENS, ids=str)
def journey(request: pytest.FixtureRequest, browser: Browser, begun: Site) -> Iterator[Journey]:
    journey = Journey(browser, begun, request.param)
    yield journey
    journey.end()


@pytest.mark.heavy
def test_a_lab_goes_the_whole_way_each_step_by_whose_it_is(journey: Journey) -> None:
    beginning.people_arrive(journey)
    beginning.parts_are_given(journey)
    beginning.a_lab_is_drafted(journey)
    beginning.antai_approves_it(journey)
    beginning.neighbours_join(journey)

    problems.a_neighbour_tells_a_problem(journey)
    problems.the_facilitator_publishes_it(journey)
    problems.another_is_returned_corrected_and_published(journey)
    problems.a_third_is_joined_with_the_first(journey)
    problems.others_share_it(journey)
    journey.move()

    meetings.a_meeting_is_announced(journey)
    meetings.it_is_held(journey)
    meetings.contributions_are_answered(journey)
    journey.move()

    proposals.members_propose(journey)
    proposals.the_facilitator_publishes_them(journey)
    proposals.one_is_changed_and_both_texts_stay(journey)
    proposals.two_are_admitted(journey)
    proposals.one_is_refused_with_a_reason(journey)
    journey.move()

    votes.a_vote_opens(journey)
    votes.members_vote_in_secret(journey)
    votes.it_is_counted_and_published(journey)
    journey.move()

    agreements.a_letter_is_answered_by_link(journey)
    agreements.it_becomes_an_agreement_with_a_work(journey)
    agreements.another_is_accepted_in_a_meeting(journey)
    journey.move()

    agreements.the_entity_declares_by_link(journey)
    agreements.the_entity_declares_by_account(journey)
    agreements.two_neighbours_verify(journey)

    committees.a_work_is_registered(journey)
    committees.five_neighbours_form_its_committee(journey)
    committees.it_sees_less_than_was_said(journey)
    committees.the_entity_replies(journey)
    committees.it_looks_again_and_two_close_the_finding(journey)
    committees.its_report_comes_before_the_acceptance(journey)

    ending.antai_returns_the_review(journey)
    ending.the_lab_answers_and_antai_validates(journey)
    ending.it_may_close_with_something_owed_and_open_again(journey)
    ending.what_was_not_taken_up_is_answered(journey)
    ending.the_lab_closes(journey)


@pytest.mark.parametrize("page", SCREENS, indirect=True, ids=str)
def test_a_neighbour_with_a_qr_tells_a_problem_in_two_screens(page: Page, called: str) -> None:
    """One screen with two questions, and the one that gives the code."""
    page.goto(f"{called}problems/new")
    assert page.locator("main [name]:visible").count() == 2
    page.locator('[name="what"]').fill("El agua sale color chocolate.")
    page.locator('[name="where"]').fill("Parte alta")
    page.locator("main form button").click()

    expect(page.locator("h1")).to_have_text(words("We have it"))
    expect(page.locator(".app-code__big")).to_have_text(re.compile(r"^\w{5} \w{5}$"))
