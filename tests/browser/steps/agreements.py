"""A letter goes to whoever is competent; what is accepted becomes an agreement with its steps."""

from tests.browser.journey import Journey, day, photo


def a_letter_is_answered_by_link(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}letters/new?from=proposal-1")
    facilitator.fill(source="proposal-1")
    facilitator.choose("organization", journey.entity_name)
    facilitator.fill(
        text="Pedimos reparar el tanque de la parte alta.",
        presented_on=day(),
        reference="Recibido 014",
    )
    facilitator.press("Publish the letter")
    journey.at["letter"] = facilitator.here

    facilitator.press("Give the entity a link to answer")
    entity = journey.somebody()
    entity.open(_link(journey))
    entity.fill(answer="accepted", text="Sí: ponemos el material y la cuadrilla.")
    entity.press("Publish the answer")


def it_becomes_an_agreement_with_a_work(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(journey.at["letter"])
    facilitator.press("Write the agreement")
    facilitator.choose("organization", journey.entity_name)
    facilitator.fill(what="Reparar el tanque de la parte alta", has_work="yes", cost="4,650")
    facilitator.press("Go on to the steps")
    _step(journey, "Reparar losa y paredes", "¿La losa está reparada?\n¿Las cuatro paredes?")
    _step(journey, "Prueba de quince días", "¿24 horas sin bajar el nivel?")
    facilitator.press("Go on to the acceptance")
    facilitator.choose("by", "Reparar el tanque")
    _accepted(journey, "agreement")


def another_is_accepted_in_a_meeting(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}agreements/new?from=contribution-3")
    facilitator.fill(source="contribution-3")
    facilitator.choose("organization", journey.entity_name)
    facilitator.fill(what="Jornada para limpiar el cauce")
    facilitator.press("Go on to the steps")
    _step(journey, "Limpiar el cauce", "¿El cauce está limpio?\n¿Se llevaron la basura?")
    facilitator.press("Go on to the acceptance")
    facilitator.fill(by="session-1")
    _accepted(journey, "plain agreement")


def _step(journey: Journey, title: str, asks: str) -> None:
    journey.facilitator.fill(title=title, due_on=day(30), asks=asks)
    journey.facilitator.press("Save this step")


def _accepted(journey: Journey, name: str) -> None:
    journey.facilitator.fill(accepted_on=day())
    journey.facilitator.press("The entity accepts")
    journey.at[name] = journey.facilitator.here


def the_entity_declares_by_link(journey: Journey) -> None:
    """It says 100 of both, with a photo each; nobody has looked yet."""
    for agreement in ("agreement", "plain agreement"):
        journey.facilitator.open(journey.at[agreement])
        journey.facilitator.press("Give the entity a link to report")
        entity = journey.somebody()
        entity.open(_link(journey))
        entity.page.locator(".app-card a").first.click()
        entity.fill(percent="100", note="Terminado esta semana.", file=photo())
        entity.press("Publish")

    journey.visitor.open(journey.at["agreement"])
    journey.visitor.sees("What the entity says")
    journey.visitor.sees("nothing confirmed yet")


def the_entity_declares_by_account(journey: Journey) -> None:
    engineer = journey.engineer
    engineer.open(journey.at["agreement"])
    engineer.enter("Prueba de quince días")
    journey.at["second step"] = engineer.here
    engineer.press("Say how far it is")
    engineer.fill(percent="100", note="Quince días sin bajar.", file=photo())
    engineer.press("Publish")


def two_neighbours_verify(journey: Journey) -> None:
    """Where there is no public work, two neighbours go and look."""
    for neighbour in journey.neighbours[3:]:
        neighbour.open(journey.at["plain agreement"])
        neighbour.press("I went to look")
        neighbour.say("yes", "yes")
        neighbour.press("Send what I saw")

    journey.visitor.open(journey.at["plain agreement"])
    journey.visitor.sees("Done and seen")
    journey.visitor.sees("Both say the same")


def _link(journey: Journey) -> str:
    journey.facilitator.press("Make a link")
    return journey.facilitator.page.locator("#fresh").input_value()
