"""Who acts, where and when; and the one seam through which every act leaves its entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from labapp import hooks
from labapp.domain import policy
from labapp.domain.policy import Act, Actor, Relation
from labapp.record import service
from labapp.record.entry_hash import canonical
from labapp.record.models import Entry

#: ``Lab``, or None. This room is below the labs, and asks of one its ``id`` and ``stage``.
LabT = TypeVar("LabT")


@dataclass(frozen=True, slots=True)
class Acting(Generic[LabT]):
    """Somebody about to act: ``Acting[Lab]`` in a lab, ``Acting[None]`` on the site.

    Attributes:
        lab: where; None for acts of no lab.
        actor: who, as seen from there.
        now: the instant of the act; only the edge reads the clock.
    """

    lab: LabT
    actor: Actor
    now: datetime

    def require(self, act: Act, relations: frozenset[Relation] | None = None) -> None:
        """Raise Denied unless the policy allows the act at the lab's present stage.

        Where only somebody apart from the lab may do it, the rooms that know more are asked too.

        Args:
            act: what is about to be done.
            relations: what the actor is to the object; obligatory where the act demands one.
        """
        lab: Any = self.lab
        stage = None if lab is None else lab.stage
        policy.require(self.actor, act, stage, relations)
        if lab is not None and act.row.relation is Relation.NOT_OWN_LAB:
            hooks.before_judging.call(self)

    def record(
        self,
        act: Act,
        thing_id: int | None = None,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        reason: str = "",
    ) -> None:
        """Leave the act's entry, committed or lost with it; tell the rooms that asked to hear.

        The public record shows the role of who acts, never the person.

        Args:
            act: what was done.
            thing_id: on which thing of the thread.
            before: values that changed, as they were. JSON values only.
            after: the same, as they are now.
            reason: in the actor's own words; published.

        Raises:
            ValueError: the act's words are for its author and the desk alone.
        """
        if reason and act.row.is_private:
            raise ValueError(f"the words of {act} are not for the record")
        lab: Any = self.lab
        lab_id = None if lab is None else lab.id
        entry = Entry(
            chain=f"lab:{lab_id}" if lab_id else "site",
            at=self.now,
            act=act,
            role=self.actor.speaks_as,
            person_id=self.actor.person_id,
            lab_id=lab_id,
            thing_id=thing_id,
            before=canonical(before or {}),
            after=canonical(after or {}),
            reason=reason,
        )
        service.append(entry)
        hooks.on_act.call(self, act)
