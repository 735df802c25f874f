"""The meeting: announced, run in the hall, closed with its report; each contribution answered."""

from tests.browser.journey import Journey, day
from tests.browser.somebody import Somebody


def a_meeting_is_announced(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}sessions/new")
    facilitator.fill(
        day=day(),
        starts="00:00",
        ends="23:59",
        modality="in_person",
        venue="Rancho comunal, al lado de la iglesia",
        agenda="Agua limpia todos los días\nQué pasa y qué podemos hacer",
    )
    facilitator.press("Announce")
    journey.at["meeting"] = facilitator.here

    journey.visitor.open(journey.at["meeting"])
    journey.visitor.sees("Announced")


def it_is_held(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.at['meeting']}run")
    facilitator.press("Start the meeting")
    for sector in ("community", "community", "entity"):
        facilitator.press_value("sector", sector)
    facilitator.fill(
        said="- Limpiar el tanque antes de repararlo\n- Un pozo nuevo\n- Una jornada para el cauce"
    )
    facilitator.press("Note")
    facilitator.press("Close the meeting")
    facilitator.fill(minutes="Se acordó buscar soluciones para el agua de la parte alta.")
    facilitator.press("Close and publish the report")

    journey.visitor.open(journey.at["meeting"])
    journey.visitor.sees("Report of the meeting")


def contributions_are_answered(journey: Journey) -> None:
    said = f"{journey.lab}contributions/"
    answer(journey, f"{said}1/", "incorporated", "Va en la propuesta de reparar el tanque.")
    answer(journey, f"{said}3/", "incorporated", "La junta se compromete a la jornada.")

    journey.facilitator.open(f"{said}2/")
    journey.facilitator.press("Answer")
    _answer(journey.facilitator, "not_incorporated", "Falta el estudio del suelo.")

    journey.visitor.open(f"{said}2/")
    journey.visitor.sees("What was decided and why")


def answer(journey: Journey, thing: str, decision: str, reason: str) -> None:
    journey.facilitator.open(f"{thing}answer")
    _answer(journey.facilitator, decision, reason)


def _answer(who: Somebody, decision: str, reason: str) -> None:
    who.fill(decision=decision, reason=reason, office="Equipo del laboratorio", signer="Su titular")
    who.press("Answer")
