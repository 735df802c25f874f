"""The secret vote: set, cast by each member on the roll, closed, counted, published."""

from tests.browser.journey import Journey


def a_vote_opens(journey: Journey) -> None:
    facilitator = journey.facilitator
    facilitator.open(f"{journey.lab}votes/new")
    facilitator.fill(
        question="¿Qué hacemos primero por el agua?",
        subject="proposals",
        max_marks="2",
        opens_at="",
    )
    facilitator.press("Announce the vote")
    journey.at["vote"] = facilitator.here


def members_vote_in_secret(journey: Journey) -> None:
    receipts = []
    for voter, mark in zip(journey.neighbours, "11112", strict=True):
        voter.open(journey.at["vote"])
        voter.press("Vote now")
        voter.fill(marks=mark)
        voter.press("Cast my vote")
        voter.sees("Your vote was kept")
        receipts.append(voter.page.locator(".app-receipt__code").inner_text())

    journey.visitor.open(journey.at["vote"])
    journey.visitor.sees("The result is hidden until the vote closes.")
    journey.at["receipt"] = receipts[0]


def it_is_counted_and_published(journey: Journey) -> None:
    journey.facilitator.open(journey.at["vote"])
    journey.facilitator.press("Close and count")

    visitor = journey.visitor
    visitor.open(journey.at["vote"])
    visitor.sees("Result published")
    visitor.reads("Reparar el tanque")
    visitor.fill(receipt=journey.at["receipt"])
    visitor.press("Look for it")
    visitor.sees("Your vote was counted.")
    visitor.reads(journey.at["receipt"])
    visitor.open(journey.at["vote"])
    visitor.follow("How it is kept secret")
