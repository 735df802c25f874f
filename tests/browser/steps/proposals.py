"""Members propose; each proposal is studied, and admitted to the vote or refused with a reason."""

from tests.browser.journey import Journey
from tests.browser.somebody import Somebody

TITLES = ("Reparar el tanque", "Cercar la toma", "Mover la carretera nacional")


def members_propose(journey: Journey) -> None:
    for neighbour, title in zip(journey.neighbours, TITLES, strict=False):
        neighbour.open(f"{journey.lab}proposals/new?from=1")
        neighbour.fill(title=title, body="Con jornales de la comunidad y material del municipio.")
        neighbour.press("Keep as a draft")
        neighbour.press("Send the proposal")
        neighbour.sees("We are reviewing it")


def the_facilitator_publishes_them(journey: Journey) -> None:
    for title in TITLES:
        journey.facilitator.open(f"{journey.lab}problems/received/")
        journey.facilitator.enter(title)
        journey.facilitator.press("Publish")


def one_is_changed_and_both_texts_stay(journey: Journey) -> None:
    author = journey.neighbours[0]
    author.open(f"{journey.lab}proposals/1/edit")
    author.fill(
        title="Reparar el tanque: losa, paredes y tapas",
        body="Primero se vacía y se lava; luego se reparan la losa y las cuatro paredes.",
        change="Se agregaron las tapas.",
    )
    author.press("Save the new text")
    author.follow("See what changed")
    journey.facilitator.open(f"{journey.lab}problems/received/")
    journey.facilitator.enter("Reparar el tanque")
    journey.facilitator.press("Publish the new version")


def two_are_admitted(journey: Journey) -> None:
    for number, cost in ((1, "4,800"), (2, "1,950")):
        facilitator = journey.facilitator
        facilitator.open(f"{journey.lab}proposals/{number}/")
        facilitator.press("Give a technical opinion")
        _opine(facilitator, cost)
        facilitator.press("Admit it to the vote")
        facilitator.sees("The proposal goes to the vote.")


def _opine(who: Somebody, cost: str) -> None:
    who.fill(
        feasible="feasible",
        cost=cost,
        competent="La alcaldía",
        given_by="Ingeniera de la alcaldía",
        reasons="El terreno lo permite y el material se consigue en el distrito.",
    )
    who.press("Give the opinion")


def one_is_refused_with_a_reason(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}proposals/3/")
    facilitator.press("Do not admit it, with a reason")
    facilitator.fill(
        decision="out_of_scope",
        reason="La vía nacional corresponde a otra entidad.",
        office="Equipo del laboratorio",
        signer="Su titular",
    )
    facilitator.press("Publish the reason")
    facilitator.sees("The reason is public.")
