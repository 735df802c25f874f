"""Where there is a public work, a committee of five goes and looks, and says what it found."""

from tests.browser.journey import Journey, day, photo
from tests.browser.somebody import Somebody


def a_work_is_registered(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(journey.at["agreement"])
    facilitator.press("Register the public work")
    facilitator.fill(
        reference="OBRA-01",
        contractor="Constructora del distrito",
        cost="4,650",
        starts_on=day(),
        ends_on=day(60),
    )
    facilitator.press("Register")
    journey.at["work"] = facilitator.here


def five_neighbours_form_its_committee(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.press("Form its committee")
    facilitator.fill(name="Ojos del Agua", chosen_in="meeting-1", chosen_how="a mano alzada")
    facilitator.press("Form it")
    journey.at["committee"] = facilitator.here
    for neighbour in journey.neighbours:
        facilitator.press("Seat a member")
        facilitator.fill(username=journey.username(neighbour), consents="yes")
        facilitator.press("Seat")
    facilitator.press("Tell ANTAI that it exists")

    journey.reviewer.open("/desk/")
    journey.reviewer.enter("Ojos del Agua")
    journey.reviewer.press("Certify")
    journey.reviewer.fill(certificate="CAS-01")
    journey.reviewer.press("Certify")


def it_sees_less_than_was_said(journey: Journey) -> None:
    """Half of what was asked is there; the two bars stand apart, and a finding says why."""
    member = journey.neighbours[0]
    _visit(journey, member, "Reparar losa y paredes", "yes", "no")
    journey.visitor.open(journey.at["agreement"])
    journey.visitor.sees("Disputed")
    journey.visitor.reads("NO")

    member.press("Say what you found")
    member.fill(text="Falta la pared norte.", sort="technical", severity="grave")
    member.press("Publish")
    journey.at["finding"] = member.here


def the_entity_replies(journey: Journey) -> None:
    engineer = journey.engineer
    engineer.open(journey.at["finding"])
    engineer.press("Reply")
    engineer.fill(text="No estaba en el plano; la terminamos esta semana.")
    engineer.press("Publish the reply")


def it_looks_again_and_two_close_the_finding(journey: Journey) -> None:
    first, second, *_others = journey.neighbours
    _visit(journey, second, "Reparar losa y paredes", "yes", "yes")
    _visit(journey, second, "Prueba de quince días", "yes")
    for member in (first, second):
        member.open(journey.at["finding"])
        member.press("It may close")
    second.sees("The finding is closed.")

    journey.visitor.open(journey.at["agreement"])
    journey.visitor.sees("Both say the same")


def its_report_comes_before_the_acceptance(journey: Journey) -> None:
    member, facilitator = journey.neighbours[0], journey.facilitator
    member.open(journey.at["committee"])
    member.press("Deliver the final report")
    member.fill(text="El tanque quedó bien; la pared norte se terminó después de avisar.")
    member.press("Deliver")

    facilitator.open(journey.at["work"])
    facilitator.press("Record the formal acceptance")
    facilitator.fill(accepted_on=day())
    facilitator.press("Record the acceptance")


def _visit(journey: Journey, member: Somebody, step: str, *answers: str) -> None:
    member.open(journey.at["committee"])
    member.press("Write down a visit")
    member.enter(step)
    member.fill(visited_on=day(), present="5", file=photo())
    member.say(*answers)
    member.press("Publish the visit")
