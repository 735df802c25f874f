"""The plain page of a form in a lab: its questions one after another, and one button."""

from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer
from labapp.web.form import Form, form_page


def question_page(
    lab: Lab, form: Form, *, heading: str, submit: str, back: str, lead: str = ""
) -> Answer:
    """Return a page with one form; what will not do is asked again."""
    return form_page(
        "labs/question.html",
        form,
        lab=lab,
        heading=heading,
        submit=submit,
        back=back,
        lead=lead,
    )
