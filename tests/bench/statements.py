"""How many SQL statements each case runs, counted in this process."""

from labapp.db import db
from tests.bench import cases
from tests.bench.site import Site
from tests.client import Client
from tests.statements import counted

_FORM = "application/x-www-form-urlencoded"


def of_site(site: Site) -> dict[str, int]:
    """Return the statements of each case; the vote is that of the first voter, or card."""
    app, at = site.app, site.filled
    ballot, voter = cases.vote(app, at, at.tokens[0])
    by_card, holder = cases.card_vote(app)
    words, visitor = cases.problem(app)
    asked = {
        "list": ("GET", at.listing, "", ""),
        "list, page 300": ("GET", at.far, "", ""),
        "proposal": ("GET", at.proposal, "", ""),
        "problem (POST)": ("POST", at.telling, words, visitor),
        "vote (POST)": ("POST", at.vote, ballot, voter),
        "card (POST)": ("POST", at.card + at.codes[0], by_card, holder),
    }
    app.test_client_class = Client
    found = {}
    with app.app_context():
        for name, (method, path, body, cookie) in asked.items():
            client = app.test_client(use_cookies=False)
            with counted(db.engine) as run:
                answer = client.open(
                    path, method=method, data=body, content_type=_FORM, headers={"Cookie": cookie}
                )
            assert answer.status_code in (200, 302), (name, answer.status)
            found[name] = run.count
        db.session.remove()
        db.engine.dispose()
    return found
