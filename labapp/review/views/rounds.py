"""Pages of reviews: sent, returned, answered, validated, and coded by others."""

from collections.abc import Sequence

from flask import abort, current_app, g, render_template, url_for
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.clocks import days_late
from labapp.domain.ogp_completion import IRM, OgpCompletion, highest
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.domain.review_clock import ReviewDays, days_held
from labapp.domain.stage import takes
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.review import queries, service
from labapp.review.forms import IRMForm, ReturnForm, ReviewAnswerForm, ReviewForm, ValidateForm
from labapp.review.models import Review, ReviewState
from labapp.review.views.blueprint import bp
from labapp.web import edge
from labapp.web.formatting import day
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/reviews/")
@gate(Act.LAB_VIEW)
def reviews(lab: Lab) -> Answer:
    """List the reviews of a lab, newest first."""
    page = queries.reviews(lab.id, query_number("after"))
    return render_template(
        "review/list.html",
        lab=lab,
        rows=[_row(lab, review) for review in page.rows],
        next_url=page.next_url,
        may_send=_may_send(lab, page.rows),
    )


def _row(lab: Lab, review: Review) -> Row:
    return Row(
        url_for(".review", slug=lab.slug, number=review.thing.number),
        span(review),
        state(review),
    )


def span(review: Review) -> str:
    """Say the period of a review."""
    return str(
        _(
            "From %(start)s to %(end)s",
            start=day(review.period_starts_on),
            end=day(review.period_ends_on),
        )
    )


def state(review: Review) -> str:
    """Say in whose hands a review is, or how it was validated."""
    if review.completion is not None:
        return str(_("Validated: %(value)s", value=_(review.completion.label)))
    if review.thing.state == ReviewState.RETURNED:
        return str(_("Returned: the lab must answer"))
    return str(_("In ANTAI's hands"))


def _may_send(lab: Lab, found: Sequence[Review]) -> bool:
    waiting = any(review.validated_at is None for review in found)
    still = takes(lab.stage, owed=not found or waiting)
    return still and not waiting and bool(may(g.actor, Act.REVIEW_SEND, lab.stage))


@bp.route("/labs/<slug>/reviews/new", methods=["GET", "POST"])
@gate(Act.REVIEW_SEND)
def review_new(lab: Lab) -> Answer:
    """Send the follow-up of a period to ANTAI."""
    form = ReviewForm()
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Send the follow-up to ANTAI"),
            submit=_("Send"),
            back=url_for(".reviews", slug=lab.slug),
        )
    review = service.send_review(
        g.acting,
        period=service.Period(form.period_starts_on.given, form.period_ends_on.given),
        report=form.report.data,
        due_days=current_app.config["REVIEW_DAYS"],
    )
    return _done(lab, review, _("ANTAI has it now. Its clock runs."))


@bp.get("/labs/<slug>/reviews/<int:number>/")
@gate(Act.LAB_VIEW)
def review(lab: Lab, number: int) -> Answer:
    """Show a review: who has held it how long, the two numbers, each round, both codings."""
    review = _review_or_404(lab, number)
    with_lab = review.thing.state == ReviewState.RETURNED
    open_still = review.validated_at is None
    agreements = queries.agreements(lab.id)
    today = local_day(utcnow())
    return render_template(
        "review/review.html",
        lab=lab,
        review=review,
        span=span(review),
        state=state(review),
        hands=hands(review),
        days_late=days_late(review.due_on, today) if open_still and not with_lab else 0,
        agreements=agreements,
        progress=followup.progress([row.id for row in agreements]),
        pending=review.irm is IRM.PENDING,
        may_judge=open_still
        and not with_lab
        and bool(may(g.actor, Act.REVIEW_VALIDATE, lab.stage)),
        may_answer=open_still and with_lab and bool(may(g.actor, Act.REVIEW_ANSWER, lab.stage)),
        may_code=bool(may(g.actor, Act.REVIEW_IRM, lab.stage)),
    )


def hands(review: Review) -> ReviewDays:
    """Return how many days each side has held a review."""
    turns = [
        (local_day(turn.returned_at), local_day(turn.answered_at) if turn.answered_at else None)
        for turn in review.rounds
    ]
    until = local_day(review.validated_at or utcnow())
    return days_held(local_day(review.sent_at), turns, until)


@bp.route("/labs/<slug>/reviews/<int:number>/return", methods=["GET", "POST"])
@gate(Act.REVIEW_RETURN)
def review_return(lab: Lab, number: int) -> Answer:
    """Return a review with observations."""
    review, form = _review_or_404(lab, number), ReturnForm()
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Return with observations"),
            submit=_("Return"),
            back=url_for(".review", slug=lab.slug, number=number),
            lead=_("ANTAI's clock stops while the lab answers."),
        )
    service.return_review(
        g.acting,
        review,
        observations=form.observations.data,
        office=form.office.data,
        due_days=current_app.config["REVIEW_DAYS"],
    )
    return _done(lab, review, _("It is back in the lab's hands."))


@bp.route("/labs/<slug>/reviews/<int:number>/answer", methods=["GET", "POST"])
@gate(Act.REVIEW_ANSWER)
def review_answer(lab: Lab, number: int) -> Answer:
    """Answer ANTAI's observations."""
    review, form = _review_or_404(lab, number), ReviewAnswerForm()
    if not form.validate_on_submit():
        asks = next((turn.observations for turn in review.rounds if not turn.answered_at), "")
        return question_page(
            lab,
            form,
            heading=_("Answer the observations"),
            submit=_("Answer"),
            back=url_for(".review", slug=lab.slug, number=number),
            lead=asks,
        )
    service.answer_review(g.acting, review, text=form.text.data)
    return _done(lab, review, _("ANTAI has it again."))


@bp.route("/labs/<slug>/reviews/<int:number>/validate", methods=["GET", "POST"])
@gate(Act.REVIEW_VALIDATE)
def review_validate(lab: Lab, number: int) -> Answer:
    """Validate a review with a completion value."""
    review, form = _review_or_404(lab, number), ValidateForm()
    if not form.validate_on_submit():
        best = highest(queries.backing(lab.id))
        return question_page(
            lab,
            form,
            heading=_("Validate the follow-up"),
            submit=_("Validate"),
            back=url_for(".review", slug=lab.slug, number=number),
            lead=_borne(best),
        )
    service.validate_review(
        g.acting, review, completion=OgpCompletion(form.completion.data), reason=form.reason.data
    )
    return _done(lab, review, _("The follow-up is validated."))


@bp.route("/labs/<slug>/reviews/<int:number>/irm", methods=["GET", "POST"])
@gate(Act.REVIEW_IRM)
def review_irm(lab: Lab, number: int) -> Answer:
    """Note the independent mechanism's coding, which stands apart from ANTAI's."""
    review = _review_or_404(lab, number)
    form = IRMForm(irm=review.irm, source=review.irm_source)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("The independent review's coding"),
            submit=_("Save"),
            back=url_for(".review", slug=lab.slug, number=number),
            lead=_("It stands beside ANTAI's value and never changes it."),
        )
    service.note_irm(g.acting, review, irm=IRM(form.irm.data), source=form.source.data)
    return _done(lab, review, _("Saved."))


def _borne(best: OgpCompletion | None) -> str:
    """Say the highest value that what was seen bears."""
    if best is None:
        return str(_("No step has public evidence and a yes of enough people yet."))
    return str(_("What was seen bears at most: %(value)s.", value=_(best.label)))


def _review_or_404(lab: Lab, number: int) -> Review:
    return queries.review(lab.id, number) or abort(404)


def _done(lab: Lab, review: Review, said: str) -> Answer:
    to = url_for(".review", slug=lab.slug, number=review.thing.number)
    return edge.commit(to, said=said)
