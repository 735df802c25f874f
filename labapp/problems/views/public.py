"""What everybody sees of problems, and the one screen to tell one."""

from flask import Blueprint, abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act, Actor, Role, may
from labapp.extensions import limiter
from labapp.files import queries as files
from labapp.files.views import send
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.problems import queries, service
from labapp.problems.forms import PaperForm, SupportHandsForm, TellForm
from labapp.problems.models import Problem, ProblemState
from labapp.problems.service import supports
from labapp.responses import queries as responses
from labapp.web import edge, url_numbers
from labapp.web.form import form_page

bp = Blueprint("problems", __name__)
#: Someone who signed in: a visitor is shown the button that leads there.
_ANY = Actor(0, frozenset({Role.ACCOUNT}))


@bp.get("/labs/<slug>/problems/")
@gate(Act.LAB_VIEW)
def index(lab: Lab) -> Answer:
    """List the published problems, the newest first."""
    page = queries.page(lab.id, url_numbers.query_number("after"))
    return render_template(
        "problems/index.html",
        lab=lab,
        rows=page.rows,
        more=page.next,
        may_tell=may(g.actor, Act.PROBLEM_TELL, lab.stage),
        may_review=may(g.actor, Act.MODERATION_VIEW, lab.stage),
    )


@bp.get("/labs/<slug>/problems/not-published/")
@gate(Act.LAB_VIEW)
def rejections(lab: Lab) -> Answer:
    """List by which code and when problems were not published, without a word of them."""
    page = queries.rejections_page(lab.id, url_numbers.query_number("after"))
    return render_template(
        "problems/not_published.html",
        lab=lab,
        rows=page.rows,
        more=page.next,
    )


@bp.route("/labs/<slug>/problems/new", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["TELL_LIMIT"], methods=["POST"])
@gate(Act.PROBLEM_TELL)
def new(lab: Lab) -> Answer:
    """Tell a problem: two questions, no account."""
    form = PaperForm() if may(g.actor, Act.PAPER_TYPE, lab.stage) else TellForm()
    days = current_app.config["MODERATION_DAYS"]
    if not form.validate_on_submit():
        return form_page("problems/new.html", form, lab=lab)
    problem = service.tell(
        g.acting,
        told=form.told(),
        on_paper=isinstance(form, PaperForm) and form.on_paper.data,
        days=days,
    )
    return edge.commit(to=url_for("tracking.show", code=problem.thing.code))


@bp.get("/labs/<slug>/problems/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a published problem, who shares it, and what was answered."""
    problem = _problem_or_404(lab, number)
    stands = problem.state is ProblemState.PUBLISHED
    versions = queries.versions(problem.id)
    withdrawn = problem.state is ProblemState.WITHDRAWN
    mine = g.actor.person_id is not None and problem.author_id == g.actor.person_id
    return render_template(
        "problems/show.html",
        lab=lab,
        problem=problem,
        corrected_at=versions[0].shown_at if len(versions) > 1 and not withdrawn else None,
        mine=mine,
        state=problem.state,
        may_merge=stands,
        photos=files.of_thing(problem.id),
        joined=queries.merged_problems(problem.id),
        given=queries.supports(problem.id, g.actor.person_id),
        answers=responses.of(problem.id),
        may_share=stands and may(_ANY, Act.PROBLEM_SUPPORT, lab.stage),
        may_count=may(g.actor, Act.HANDS_COUNT, lab.stage),
        may_answer=stands and may(g.actor, Act.RESPONSE_GIVE, lab.stage),
        address=request.base_url,
    )


@bp.get("/labs/<slug>/problems/<int:number>/versions/")
@gate(Act.LAB_VIEW)
def versions(lab: Lab, number: int) -> Answer:
    """Show what a corrected problem said before: who supported it supported those words."""
    problem = _problem_or_404(lab, number)
    former = queries.versions(problem.id)[1:] if problem.withdrawn_at is None else ()
    if not former:
        abort(404)
    return render_template("problems/versions.html", lab=lab, problem=problem, former=former)


@bp.get("/labs/<slug>/problems/<int:number>/photos/<int:file_id>")
@gate(Act.LAB_VIEW)
def photo(lab: Lab, number: int, file_id: int) -> Answer:
    """Send a photo of a published problem."""
    problem = _problem_or_404(lab, number)
    stored = files.on(problem.id, file_id) if problem.withdrawn_at is None else None
    return send(stored) if stored else abort(404)


@bp.route("/labs/<slug>/problems/<int:number>/support", methods=["GET", "POST"])
@gate(Act.PROBLEM_SUPPORT)
def share(lab: Lab, number: int) -> Answer:
    """Say that it happens to me too, with one button; or take it back."""
    problem = _problem_or_404(lab, number)
    if request.method == "GET":
        given = queries.supports(problem.id, g.actor.person_id)
        return render_template("problems/support.html", lab=lab, problem=problem, given=given)
    supports.give(g.acting, problem=problem)
    return edge.commit(
        to=url_for(".show", slug=lab.slug, number=number), said=_("You were counted.")
    )


@bp.post("/labs/<slug>/problems/<int:number>/support/undo")
@gate(Act.PROBLEM_SUPPORT)
def unshare(lab: Lab, number: int) -> Answer:
    """Take my support back."""
    supports.take_back(g.acting, problem=_problem_or_404(lab, number))
    return edge.commit(
        to=url_for(".show", slug=lab.slug, number=number), said=_("You are not counted any more.")
    )


@bp.route("/labs/<slug>/problems/<int:number>/hands", methods=["GET", "POST"])
@gate(Act.HANDS_COUNT)
def hands(lab: Lab, number: int) -> Answer:
    """Note the hands raised for it in a meeting."""
    problem, form = _problem_or_404(lab, number), SupportHandsForm()
    if not form.validate_on_submit():
        return form_page("problems/hands.html", form, lab=lab, problem=problem)
    supports.count_hands(g.acting, problem=problem, hands=form.hands.given)
    return edge.commit(to=url_for(".show", slug=lab.slug, number=number), said=_("Noted."))


def _problem_or_404(lab: Lab, number: int) -> Problem:
    return queries.by_number(lab.id, number) or abort(404)
