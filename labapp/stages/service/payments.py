"""Note the day on which a debt of a close was paid, whichever act paid it."""

from labapp.db import db
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.stages import debts, queries


def note_paid(acting: Acting[Lab | None], act: Act) -> None:
    """Note which debts of this lab's closes are owed no more, after an act that can pay one.

    What was withdrawn or taken away is not paid; what is owed again after all is paid no more.
    """
    lab = acting.lab
    if lab is None or Stage.CLOSED not in (act.row.stages or ()):
        return
    named = queries.named_debts(lab.id)
    if not named:
        return
    owed = debts.gather(lab)
    keys, needs = {debt.key for debt in owed}, {debt.need for debt in owed}
    for row, thing in named:
        is_owed = row.need in needs if thing is None else (row.need, thing.id) in keys
        if is_owed:
            row.paid_on = None
        elif row.paid_on is None and (thing is None or queries.stands(thing)):
            row.paid_on = local_day(acting.now)
    db.session.flush()
