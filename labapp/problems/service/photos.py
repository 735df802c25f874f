"""Write the photos of a problem: hung on it, and taken away."""

from pathlib import Path

from labapp.domain.errors import Conflict, Unreadable, mark
from labapp.domain.policy import Act
from labapp.domain.removal_code import RemovalCode
from labapp.files import queries as files
from labapp.files import service
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from labapp.problems.models import Problem, ProblemState
from labapp.problems.service.lock import require_state
from labapp.record.acting import Acting

#: Photos of one problem.
PHOTOS = 3


def add(acting: Acting[Lab], *, problem: Problem, photo: bytes, folder: Path) -> None:
    """Hang a photo on the problem while nobody decided yet; it is kept without its data.

    Raises:
        Conflict: somebody decided on it, or it has three already.
        Unreadable: it is no photo.
    """
    acting.require(Act.PROBLEM_ADD)
    require_state(problem, ProblemState.SENT, ProblemState.RETURNED)
    number = len(files.of_thing(problem.id)) + 1
    if number > PHOTOS:
        raise Conflict(mark("This problem has three photos already."))
    if service.is_pdf(photo):
        raise Unreadable(mark("Send a photo: JPG, PNG or WebP."))
    service.store(
        acting,
        photo,
        f"foto-{number}",
        thing_id=problem.id,
        alt=problem.thing.title,
        folder=folder,
    )
    acting.record(Act.PROBLEM_ADD, problem.id)


def withdraw(acting: Acting[Lab], *, problem: Problem, photo: StoredFile) -> None:
    """Take away a photo, as who told the problem wishes, whatever was decided on it. Flushes.

    Raises:
        Conflict: the photo is not on this problem, or was taken away already.
    """
    acting.require(Act.PHOTO_WITHDRAW)
    _take_away(acting, problem, photo, RemovalCode.OWN_WISH)
    acting.record(Act.PHOTO_WITHDRAW, problem.id)


def reject(acting: Acting[Lab], *, problem: Problem, photo: StoredFile, code: RemovalCode) -> None:
    """Take away a photo before the problem is published. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: somebody decided on the problem, or the photo is not on it.
    """
    acting.require(Act.PHOTO_REJECT)
    require_state(problem, ProblemState.SENT)
    _take_away(acting, problem, photo, code)
    acting.record(Act.PHOTO_REJECT, problem.id, after={"code": code.value})


def _take_away(acting: Acting[Lab], problem: Problem, photo: StoredFile, code: RemovalCode) -> None:
    if photo.thing_id != problem.id or photo.removed_at is not None:
        raise Conflict(mark("That photo is not here any more."))
    service.remove(photo, code=code, now=acting.now)
