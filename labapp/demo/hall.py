"""The hall of the demonstration: papers handed out and typed twice, hands, the reconciliation."""

from collections.abc import Sequence
from dataclasses import replace

from labapp.accounts.models import Person
from labapp.demo import pictures
from labapp.demo.story import Story
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.polling.service import batches, discrepancies, reconciliation, roll, show_of_hands
from labapp.polling.transcription import Line
from labapp.voting.models import Consultation

WITNESSES = (
    "Presidenta de la Junta del Acueducto (ejemplo)",
    "Maestra de la escuela (ejemplo)",
)
WHY = "Quien pasó la segunda vez leyó 2 donde el papel dice 3; se miró otra vez entre los dos."


def hand_out(story: Story, vote: Consultation, people: Sequence[Person]) -> None:
    """Hand a paper ballot to each of these people."""
    for person in people:
        roll.take(
            story.lab,
            story.guide,
            vote,
            person_id=person.id,
            channel=Channel.PAPER,
            now=vote.opens_at,
        )


def type_in(
    story: Story, vote: Consultation, teller: Person, piles: Sequence[Sequence[tuple[int, ...]]]
) -> None:
    """Type each pile twice; on one paper of the last the second person is mistaken."""
    now, lab, first = vote.closes_at, story.lab, story.guide
    second = Actor(teller.id, frozenset({Role.TELLER}))
    for number, papers in enumerate(piles, 1):
        batches.add(
            lab,
            first,
            vote,
            sheets=len(papers),
            photo=pictures.photo(f"Tanda {number} de papeletas", number + 30),
            folder=story.scene.files,
            now=now,
        )
        lines = {place: Line(" ".join(map(str, paper))) for place, paper in enumerate(papers, 1)}
        batches.type_in(lab, first, vote, number=number, lines=lines, now=now)
        if number < len(piles):
            batches.type_in(lab, second, vote, number=number, lines=lines, now=now)
        else:
            place = max(place for place, line in lines.items() if line.content.endswith("3"))
            seen = lines | {place: Line("2")}
            batches.type_in(lab, second, vote, number=number, lines=seen, now=now)
            discrepancies.settle(
                lab, second, vote, number=number, place=place, line=lines[place], why=WHY, now=now
            )
            discrepancies.confirm(lab, first, vote, number=number, place=place, now=now)
        batches.put_in_urn(lab, first, vote, number=number, now=now)


def nobody_stood(story: Story, vote: Consultation) -> None:
    """Note before two witnesses that nobody raised a hand."""
    nothing = dict.fromkeys((option.position for option in vote.options), 0)
    show = show_of_hands.Show(0, nothing, WITNESSES)
    show_of_hands.note_hands(story.lab, story.guide, vote, show=show, now=vote.closes_at)


def settle(story: Story, vote: Consultation) -> None:
    """Reconcile each way of the hall: all that was handed out is there, before two witnesses."""
    for known in reconciliation.known(vote):
        told = replace(known.told, witnesses=WITNESSES if known.channel is Channel.PAPER else ())
        reconciliation.reconcile(
            story.lab,
            story.guide,
            vote,
            channel=known.channel,
            told=told,
            explained="",
            now=vote.closes_at,
        )
