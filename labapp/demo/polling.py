"""The hall of the demonstration: papers handed out and typed twice, hands, the reconciliation."""

from collections.abc import Sequence
from dataclasses import replace

from labapp.accounts.models import Person
from labapp.demo import pictures
from labapp.demo.script import Story
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.polling.queries.hands import Show
from labapp.polling.queries.reconciliation import channel_records
from labapp.polling.service import batches, discrepancies, reconciliation, roll, show_of_hands
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.voting.models import Vote

WITNESSES = (
    "Presidenta de la Junta del Acueducto (ejemplo)",
    "Maestra de la escuela (ejemplo)",
)
WHY = "Quien pasó la segunda vez leyó 2 donde el papel dice 3; se miró otra vez entre los dos."


def hand_out(story: Story, vote: Vote, people: Sequence[Person]) -> None:
    """Hand a paper ballot to each of these people."""
    for person in people:
        roll.take(
            Acting(story.lab, story.guide, vote.opens_at),
            vote,
            person_id=person.id,
            channel=Channel.PAPER,
        )


def type_in(
    story: Story, vote: Vote, teller: Person, piles: Sequence[Sequence[tuple[int, ...]]]
) -> None:
    """Type each pile twice; on one paper of the last the second person is mistaken."""
    now, lab, first = vote.closes_at, story.lab, story.guide
    second = Actor(teller.id, frozenset({Role.TELLER}))
    for number, papers in enumerate(piles, 1):
        batches.add(
            Acting(lab, first, now),
            vote,
            sheets=len(papers),
            photo=pictures.photo(f"Tanda {number} de papeletas", number + 30),
            folder=story.scene.files,
        )
        lines = {
            place: TypedPaper(" ".join(map(str, paper))) for place, paper in enumerate(papers, 1)
        }
        batches.type_in(Acting(lab, first, now), vote, number=number, lines=lines)
        if number < len(piles):
            batches.type_in(Acting(lab, second, now), vote, number=number, lines=lines)
        else:
            place = max(place for place, line in lines.items() if line.content.endswith("3"))
            second_reading = lines | {place: TypedPaper("2")}
            batches.type_in(Acting(lab, second, now), vote, number=number, lines=second_reading)
            discrepancies.settle(
                Acting(lab, second, now),
                vote,
                number=number,
                place=place,
                line=lines[place],
                why=WHY,
            )
            discrepancies.confirm(Acting(lab, first, now), vote, number=number, place=place)
        batches.put_into_box(Acting(lab, first, now), vote, number=number)


def nobody_stood(story: Story, vote: Vote) -> None:
    """Note before two witnesses that nobody raised a hand."""
    nothing = dict.fromkeys((option.position for option in vote.options), 0)
    show = Show(0, nothing, WITNESSES, have_declared=True)
    show_of_hands.note_hands(Acting(story.lab, story.guide, vote.closes_at), vote, show=show)


def settle(story: Story, vote: Vote) -> None:
    """Reconcile each way of the hall: all that was handed out is there, before two witnesses."""
    for record in channel_records(vote):
        of_paper = record.channel is Channel.PAPER
        counted = replace(
            record.known, witnesses=WITNESSES if of_paper else (), have_declared=of_paper
        )
        reconciliation.reconcile(
            Acting(story.lab, story.guide, vote.closes_at),
            vote,
            channel=record.channel,
            counted=counted,
            explained="",
        )
