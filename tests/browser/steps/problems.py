"""A neighbour without an account tells a problem; it is published, and others share it."""

from tests.browser.journey import Journey, photo


def a_neighbour_tells_a_problem(journey: Journey) -> None:
    visitor = journey.visitor
    visitor.open(f"{journey.lab}problems/new")
    visitor.fill(
        what="El agua sale color chocolate cuando llueve y llega solo de noche.",
        where="Parte alta, después de la escuela",
    )
    visitor.press("Send")
    visitor.sees("We have it")
    journey.at["code"] = visitor.here

    visitor.fill(photo=photo(), since="Desde hace dos años", affects="Unas 60 casas")
    visitor.press("Add")


def the_facilitator_publishes_it(journey: Journey) -> None:
    _review(journey, "El agua sale color chocolate")
    journey.facilitator.press("Publish")

    journey.visitor.open(journey.at["code"])
    journey.visitor.follow("Problem %(number)s of %(lab)s", number=1, lab=journey.name)
    journey.at["problem"] = journey.visitor.here
    journey.visitor.press("See the thread")


def another_is_returned_corrected_and_published(journey: Journey) -> None:
    second, facilitator = journey.somebody(), journey.facilitator
    second.open(f"{journey.lab}problems/new")
    second.fill(what="Arreglen eso.", where="Por allá")
    second.press("Send")
    code = second.here

    _review(journey, "Arreglen eso.")
    facilitator.press("Return to be corrected")
    facilitator.fill(words="Cuéntenos qué pasa y dónde, por favor.")
    facilitator.press("Return to be corrected")

    second.open(code)
    second.sees("It was returned to you")
    second.fill(what="No hay luz en la parada.", where="La parada de la escuela")
    second.press("Send again")

    _review(journey, "No hay luz en la parada.")
    facilitator.press("Publish")


def a_third_is_joined_with_the_first(journey: Journey) -> None:
    third, facilitator = journey.somebody(), journey.facilitator
    third.open(f"{journey.lab}problems/new")
    third.fill(what="En la parte alta pasamos días sin agua.", where="Parte alta")
    third.press("Send")
    code = third.here

    _review(journey, "En la parte alta pasamos días sin agua.")
    facilitator.press("Join with another like it")
    facilitator.fill(number="1", reason="Es la misma tubería.")
    facilitator.press("Join with another like it")

    third.open(code)
    third.sees("It was joined with another like it")
    third.reads("Es la misma tubería.")


def others_share_it(journey: Journey) -> None:
    for neighbour in journey.neighbours[:2]:
        neighbour.open(journey.at["problem"])
        neighbour.press("It happens to me too")
        neighbour.press("It happens to me too")
        neighbour.sees("You are counted among them.")


def _review(journey: Journey, title: str) -> None:
    journey.facilitator.open(f"{journey.lab}problems/received/")
    journey.facilitator.enter(title)
