"""People open accounts and get their parts; a lab is drafted, approved, called and joined."""

from labapp.domain.roles import Role
from tests.browser.journey import PASSWORD, Journey
from tests.browser.site import ADMINISTRATOR
from tests.browser.somebody import Somebody


def people_arrive(journey: Journey) -> None:
    journey.open_account(journey.reviewer, "Funcionaria de ANTAI")
    journey.open_account(journey.facilitator, "Facilitador")
    journey.open_account(journey.engineer, "Ingeniera")
    for n, neighbour in enumerate(journey.neighbours, 1):
        journey.open_account(neighbour, f"Vecina {n} de")


def parts_are_given(journey: Journey) -> None:
    administrator, reviewer = journey.administrator, journey.reviewer
    administrator.open("/sign-in")
    administrator.fill(username=ADMINISTRATOR, password=PASSWORD)
    administrator.press("Sign in")
    _name(journey, administrator, reviewer, Role.REVIEWER)
    _name(journey, reviewer, journey.facilitator, Role.TRUSTED)

    reviewer.open("/organizations/new")
    reviewer.fill(name=journey.entity_name, kind="municipality")
    reviewer.press("Save")


def _name(journey: Journey, who: Somebody, whom: Somebody, role: Role) -> None:
    username = journey.username(whom)
    who.open(f"/admin/people/?q={username}")
    who.page.locator(".app-card", has_text=username).get_by_role("link").click()
    who.fill(role=role.value)
    who.press("Give the role")
    who.sees("The role was given.")


def a_lab_is_drafted(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open("/labs/new")
    facilitator.fill(name=journey.name, q="san martin")
    facilitator.press("Look for it")
    for box in facilitator.page.locator('[name="places"]').all()[:2]:
        box.check()
    facilitator.fill(unconfirmed="yes", community="La Quebrada")
    facilitator.page.locator('[name="interests"][value="none"]').check()
    facilitator.press("Draft the lab")
    journey.lab = facilitator.here.removesuffix("stages/")

    facilitator.open(journey.lab)
    facilitator.sees("ANTAI approves the lab.")


def antai_approves_it(journey: Journey) -> None:
    reviewer = journey.reviewer
    reviewer.open(f"{journey.lab}approval")
    reviewer.press("Approve the lab")

    journey.move()
    journey.visitor.open(journey.lab)
    journey.visitor.sees("Tell the problems")


def neighbours_join(journey: Journey) -> None:
    for neighbour in journey.neighbours:
        neighbour.open(f"{journey.lab}join")
        neighbour.fill(words="Vivo aquí, en la parte alta.")
        neighbour.press("Ask to join")
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}people")
    for _ in journey.neighbours:
        facilitator.press("Admit")
    facilitator.sees("Nobody is waiting.")

    facilitator.follow("Give a part to somebody")
    facilitator.fill(username=journey.username(journey.engineer), role=Role.RESPONSIBLE.value)
    facilitator.choose("organization", journey.entity_name)
    facilitator.press("Give this part")
