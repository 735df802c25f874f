"""One lab's story, told act by act through the services, each act on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from labapp.accounts.models import Person
from labapp.demo.cast import Scene
from labapp.domain.roles import VISITOR, Actor, Role
from labapp.domain.stage import LabKind, Stage
from labapp.followup.models import Agreement
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import members, registering, same_person
from labapp.problems import service as problems
from labapp.problems.models import Problem
from labapp.problems.service import supports
from labapp.proposals import service as proposals
from labapp.proposals.models import Feasible, Proposal
from labapp.proposals.service import assessment, review
from labapp.record.acting import Acting
from labapp.responses import service as responses
from labapp.responses.models import Decision
from labapp.sessions import service as sessions
from labapp.sessions.models import Contribution, Meeting, Modality, Sector
from labapp.sessions.service import attendance, contributions
from labapp.stages import service as stages
from labapp.thread.models import Thing

MODERATION, RESPONSE = 3, 30


@dataclass(frozen=True)
class Gathering:
    """What a meeting of the demonstration is made of."""

    day: int
    starts: tuple[int, int]
    ends: tuple[int, int]
    venue: str
    agenda: str
    came: Mapping[Sector, int]
    said: Sequence[str]
    minutes: str
    closed: int
    modality: Modality = Modality.IN_PERSON
    #: The day the paper was typed in, where there was no signal in the hall.
    noted: int | None = None


@dataclass
class Story:
    """A lab and whoever facilitates it."""

    scene: Scene
    lab: Lab
    host: str

    @property
    def guide(self) -> Actor:
        """The facilitator, as seen from the lab now."""
        return self.scene.actor(self.host, self.lab)

    def entity(self, agreement: Agreement) -> Actor:
        """Whoever answers for the entity of an agreement, without an account: came by a link."""
        bodies = frozenset({agreement.organization_id})
        return Actor(None, frozenset({Role.RESPONSIBLE}), bodies)

    def who(self, username: str) -> Actor:
        """Somebody of the cast, as seen from the lab now."""
        return self.scene.actor(username, self.lab)

    def move(self, target: Stage, day: int, reason: str = "") -> None:
        """Move the lab on that day; the table must allow it."""
        stages.move(
            Acting(self.lab, self.guide, self.scene.at(day, 18)), target=target, reason=reason
        )

    def welcome(self, people: Sequence[Person], day: int) -> None:
        """Make these people members of the community."""
        for person in people:
            labs.grant(
                self.lab.id, person.id, Role.MEMBER, source="admitted", now=self.scene.at(day)
            )

    def recognize(self, username: str, name: str, day: int) -> None:
        """Register somebody on paper, and find that they are a member by their account."""
        acting = Acting(self.lab, self.guide, self.scene.at(day))
        said = Newcomer(name, "La Loma", is_other=True)
        (paper,) = registering.register(acting, [said]).added
        same_person.join(acting, one=self.scene.accounts[username].id, two=paper)

    def appoint(self, username: str, role: Role, day: int, body: str = "") -> None:
        """Give somebody a role in the lab, on behalf of a body."""
        members.give(
            Acting(self.lab, self.guide, self.scene.at(day)),
            person_id=self.scene.accounts[username].id,
            role=role,
            organization_id=self.scene.bodies[body].id if body else None,
        )

    def tell(
        self, what: str, where: str, day: int, *, published: int | None, **more: object
    ) -> Problem:
        """Tell a problem, and publish it on a day unless ``published`` is None."""
        problem_text = problems.ProblemText(
            what=what,
            where=where,
            since=str(more.get("since", "")),
            affects=str(more.get("affects", "")),
        )
        paper = bool(more.get("on_paper"))
        problem = problems.tell(
            Acting(self.lab, self.guide if paper else VISITOR, self.scene.at(day, 19)),
            told=problem_text,
            on_paper=paper,
            days=MODERATION,
        )
        if published is not None:
            problems.publish(
                Acting(self.lab, self.guide, self.scene.at(published, 20)), problem=problem
            )
        return problem

    def support(self, problem: Problem, people: Sequence[Person], day: int) -> None:
        """Let these people say: it happens to me too."""
        for person in people:
            supporter = Actor(person.id, frozenset({Role.ACCOUNT}))
            supports.give(Acting(self.lab, supporter, self.scene.at(day, 21)), problem=problem)

    def meet(self, plan: Gathering) -> tuple[Meeting, list[Contribution]]:
        """Announce a meeting, hold it, note what was said, close it with its minutes."""
        at = self.scene.at
        meeting = self.announce(plan)
        sessions.begin(Acting(self.lab, self.guide, at(plan.day, *plan.starts)), meeting=meeting)
        for sector, count in plan.came.items():
            attendance.check_in(
                Acting(self.lab, self.guide, at(plan.day, *plan.starts) + timedelta(minutes=10)),
                meeting=meeting,
                sector=sector,
                people=count,
            )
        typed = at(plan.noted, 9) if plan.noted is not None else at(plan.day, *plan.ends)
        noted = contributions.note(
            Acting(self.lab, self.guide, typed), meeting=meeting, lines=plan.said, due_days=RESPONSE
        )
        sessions.close(
            Acting(self.lab, self.guide, at(plan.closed, 17)), meeting=meeting, minutes=plan.minutes
        )
        return meeting, list(noted)

    def announce(self, plan: Gathering) -> Meeting:
        """Announce a meeting a week before its day."""
        at = self.scene.at
        return sessions.announce(
            Acting(self.lab, self.guide, at(min(plan.day - 7, -1), 10)),
            starts_at=at(plan.day, *plan.starts),
            ends_at=at(plan.day, *plan.ends),
            modality=plan.modality,
            venue=plan.venue,
            agenda=plan.agenda,
        )

    def answer(self, thing: Thing, decision: Decision, reason: str, day: int) -> None:
        """Answer a thing: what was decided and why."""
        responses.answer(
            Acting(self.lab, self.guide, self.scene.at(day, 16)),
            thing=thing,
            decision=decision,
            reason=reason,
            office=f"Laboratorio de {self.lab.name}",
            signer="Facilitación",
        )

    def propose(
        self, author: Person, title: str, body: str, origins: Sequence[Thing], day: int
    ) -> Proposal:
        """Write a proposal in somebody's name: a draft."""
        actor = Actor(author.id, frozenset({Role.MEMBER, Role.ACCOUNT}))
        return proposals.write(
            Acting(self.lab, actor, self.scene.at(day, 8)), title=title, body=body, origins=origins
        )

    def send(self, proposal: Proposal, day: int) -> None:
        """Send the draft in its author's name, and publish it the same day."""
        actor = Actor(proposal.author_id, frozenset({Role.MEMBER, Role.ACCOUNT}))
        at = self.scene.at
        proposals.send(Acting(self.lab, actor, at(day, 12)), proposal=proposal, days=MODERATION)
        review.publish(Acting(self.lab, self.guide, at(day, 13)), proposal=proposal)

    def study(
        self, proposal: Proposal, feasible: Feasible, cost: int | None, competent: str, day: int
    ) -> None:
        """Give the engineer's opinion, and admit what can go to the vote."""
        assessment.opine(
            Acting(self.lab, self.guide, self.scene.at(day, 14)),
            assessment.OpinionDraft(
                feasible=feasible,
                cost=cost,
                competent=competent,
                given_by="Ingeniería municipal (ejemplo)",
                reasons="Se visitó el sitio y se revisó el cálculo con la comunidad.",
            ),
            proposal=proposal,
        )
        if feasible is not Feasible.NO:
            assessment.admit(
                Acting(self.lab, self.guide, self.scene.at(day, 15)), proposal=proposal
            )


@dataclass(frozen=True, slots=True)
class LabDraft:
    """What a lab is called, among which places it is, and how it begins."""

    name: str
    motto: str
    codes: tuple[str, ...]
    community: str = ""
    kind: LabKind = LabKind.NEW


def draft(scene: Scene, host: str, lab_draft: LabDraft, *, day: int) -> Story:
    """Draft a lab whose place is to be confirmed."""
    lab = labs.draft(
        Acting(None, scene.actor(host), scene.at(day)),
        name=lab_draft.name,
        where=labs.Where(codes=lab_draft.codes, community=lab_draft.community),
        kind=lab_draft.kind,
        has=(),
        example=True,
    )
    story = Story(scene, lab, host)
    labs.edit(
        Acting(lab, story.guide, scene.at(day)),
        name=lab_draft.name,
        motto=lab_draft.motto,
        plan_id=scene.plan_id,
    )
    return story
