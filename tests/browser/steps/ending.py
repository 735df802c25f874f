"""ANTAI reviews what was done; what was not taken up is answered; the lab closes by its gate."""

from tests.browser.journey import Journey, day
from tests.browser.steps.meetings import answer


def antai_returns_the_review(journey: Journey) -> None:
    facilitator, reviewer = journey.facilitator, journey.reviewer
    facilitator.open(f"{journey.lab}reviews/")
    facilitator.press("Send the follow-up to ANTAI")
    facilitator.fill(
        period_starts_on=day(-90),
        period_ends_on=day(),
        report="Se reparó el tanque y se limpió el cauce.",
    )
    facilitator.press("Send")
    journey.at["review"] = facilitator.here

    reviewer.open("/desk/")
    reviewer.open(journey.at["review"])
    reviewer.press("Return with observations")
    reviewer.fill(observations="Explique la pared norte.", office="Dirección de Acceso")
    reviewer.press("Return")


def the_lab_answers_and_antai_validates(journey: Journey) -> None:
    facilitator, reviewer = journey.facilitator, journey.reviewer
    facilitator.open(journey.at["review"])
    facilitator.press("Answer the observations")
    facilitator.fill(text="Se terminó después del hallazgo; la visita 2 lo muestra.")
    facilitator.press("Answer")

    reviewer.open(journey.at["review"])
    reviewer.press("Validate")
    reviewer.fill(completion="complete", reason="Dos acuerdos cumplidos y verificados.")
    reviewer.press("Validate")


def it_may_close_with_something_owed_and_open_again(journey: Journey) -> None:
    """What stays owed is said in public, by whom and why, and goes when the lab opens again."""
    facilitator, visitor = journey.facilitator, journey.visitor
    facilitator.open(f"{journey.lab}stages/")
    facilitator.press("Close with things still owed")
    facilitator.fill(reason="Se responde después del verano.")
    facilitator.press("Ask ANTAI to close the lab")
    journey.reviewer.open(f"{journey.lab}debts/")
    journey.reviewer.press("Agree that it closes")
    visitor.open(journey.lab)
    visitor.sees("What stayed owed when it closed?")
    visitor.reads("Se responde después del verano.")

    facilitator.open(f"{journey.lab}stages/")
    facilitator.follow("Open the lab again")
    facilitator.fill(target="followup")
    facilitator.fill(reason="Se va a responder lo que faltaba.")
    facilitator.press("Move the lab")


def what_was_not_taken_up_is_answered(journey: Journey) -> None:
    journey.facilitator.open(f"{journey.lab}stages/")
    journey.facilitator.sees("Answer the proposals that were not adopted.")
    lab = journey.lab
    answer(journey, f"{lab}problems/2/", "out_of_scope", "La luz le toca a otra entidad.")
    answer(journey, f"{lab}proposals/2/", "not_incorporated", "Quedó segunda en la votación.")


def the_lab_closes(journey: Journey) -> None:
    journey.move()
    visitor = journey.visitor
    visitor.open(journey.lab)
    visitor.sees("Closed")
    visitor.open(f"{journey.at['problem']}thread")
    for said in ("Reparar el tanque", "Reparar losa y paredes"):
        visitor.reads(said)
    visitor.open("/country/")
    visitor.open("/labs/")
    visitor.reads(journey.name)
