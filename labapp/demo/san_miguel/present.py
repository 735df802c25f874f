"""San Miguel, what is under way: an agreement that went well, a committee, an open vote."""

from labapp.audits import service as audits
from labapp.audits.service import AnnouncedWork
from labapp.demo import pictures
from labapp.demo.san_martin.delivery import confirm, declare
from labapp.demo.san_miguel.beginning import ROLL
from labapp.demo.script import Story
from labapp.demo.votes import TIE_RULE, announce, cast, marks, use_cards
from labapp.domain.channel import Channel
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.followup.service import MilestoneDraft, Proof
from labapp.record.acting import Acting
from labapp.sessions.models import Meeting
from labapp.sessions.queries import held_meetings
from labapp.voting.models import Subject
from labapp.voting.service.vote_draft import VoteDraft

VOTED, BY_CARD = 17, 6
STEPS = (
    ("Juntar herramientas y gente", 30, -6, ("¿Hubo herramientas?", "¿Llegó la gente?")),
    ("Limpiar el cauce", 40, -3, ("¿Quedó limpio hasta el puente?",)),
    ("Sacar la basura", 30, -1, ("¿Se llevaron la basura?",)),
)


def clean(story: Story, meeting: Meeting) -> None:
    """Agree in the meeting to clean the stream; do it before its day."""
    scene = story.scene
    agreement = followup.draft_agreement(
        Acting(story.lab, story.guide, scene.at(-14)),
        source=meeting.thing,
        organization=scene.bodies["junta-smi"],
        what="Junta de trabajo para limpiar el cauce\n60 jornadas vecinales.",
        has_work=False,
        cost=450,
    )
    for title, weight, due, questions in STEPS:
        step = MilestoneDraft(title, scene.on(due), questions, weight)
        followup.add_step(Acting(story.lab, story.guide, scene.at(-14, 10)), agreement, step=step)
    followup.accept_agreement(
        Acting(story.lab, story.guide, scene.at(-14, 12)),
        agreement,
        by=meeting.thing,
        accepted_on=scene.on(-21),
    )
    for index, (title, _weight, _due, asked) in enumerate(STEPS):
        proof = Proof(pictures.photo(title, index + 11), title)
        milestone = agreement.milestones[index]
        declare(story, milestone, -7 + index, note="Hecho entre todos.", proof=proof)
        confirm(story, agreement, index, -6 + index // 2, tuple(True for _ in asked))


def watch(story: Story) -> None:
    """Begin the committee of a work that the mayor's office announced; one person is missing."""
    scene = story.scene
    work = audits.register_work(
        Acting(story.lab, story.guide, scene.at(-10, 10)),
        AnnouncedWork("Reparar el puente de la entrada", scene.bodies["alcaldia"]),
        audits.Contract(
            reference="EJ-OBRA-02",
            contractor="Constructora de ejemplo",
            cost=6800,
            starts_on=scene.on(15),
            ends_on=scene.on(60),
        ),
    )
    committee = audits.form_committee(
        Acting(story.lab, story.guide, scene.at(-10, 11)),
        work,
        name="Comité del puente (ejemplo)",
        chosen_how="a mano alzada",
        report_days=30,
        chosen_in=held_meetings.in_lab(story.lab.id)[0].thing,
    )
    for number, person in enumerate(scene.neighbours(ROLL)[40:44]):
        audits.seat(
            Acting(story.lab, story.guide, scene.at(-10, 11)),
            committee,
            person=person,
            consents=number < 2,
            declared_tie="",
        )


def vote(story: Story) -> None:
    """Ask where to begin; 17 of 52 have voted, six with cards; vecina1 has and vecina2 has not."""
    scene = story.scene
    story.move(Stage.PRIORITIZATION, -5)
    asked = announce(
        story,
        VoteDraft(
            subject=Subject.PROPOSALS,
            question="¿Por dónde empezamos a caminar seguros?",
            lines=(),
            max_marks=2,
            seats=2,
            quorum=25,
            tie_rule=TIE_RULE,
            opens_at=scene.at(-2, 8),
            closes_at=scene.at(5, 18),
            channels=(Channel.ACCOUNT, Channel.CARD),
        ),
        scene.at(-4),
    )
    voters = [scene.accounts["vecina1"], *scene.neighbours(ROLL)[: VOTED - 1]]
    papers = marks((12, 9, 5, 5, 3), VOTED, 2)
    cast(story, asked, voters[:-BY_CARD], papers[:-BY_CARD])
    use_cards(story, asked, voters[-BY_CARD:], papers[-BY_CARD:], count=20)
