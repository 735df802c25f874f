"""The only place that knows every room."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from labapp import config
from labapp.accounts import own as account
from labapp.accounts import people
from labapp.accounts import views as accounts
from labapp.audits import views as audits
from labapp.db import db
from labapp.extensions import babel, compress, csrf, limiter, login
from labapp.files import models as _files  # noqa: F401
from labapp.followup import views as followup
from labapp.home import views as home
from labapp.labs import views as labs
from labapp.organizations import views as organizations
from labapp.plans import views as plans
from labapp.polling import views as polling
from labapp.problems.views import desk as received
from labapp.problems.views import public as problems
from labapp.problems.views import tracking
from labapp.proposals import desk as proposals
from labapp.record import models as _record  # noqa: F401
from labapp.responses import views as responses
from labapp.results import views as results
from labapp.review import views as review
from labapp.sessions import hall as sessions
from labapp.stages import views as stages
from labapp.thread import views as thread
from labapp.voting import views as voting
from labapp.web import headers, health, locale, once, refusals, url_numbers, words

ROOMS: tuple[Any, ...] = (
    account,
    accounts,
    audits,
    followup,
    home,
    labs,
    organizations,
    people,
    plans,
    polling,
    problems,
    proposals,
    received,
    responses,
    results,
    review,
    sessions,
    stages,
    thread,
    tracking,
    voting,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application: settings, extensions, rooms, in that order."""
    app = Flask("labapp")
    app.config.from_mapping(config.load(overrides or {}))
    app.permanent_session_lifetime = timedelta(days=app.config["SESSION_DAYS"])
    app.logger.setLevel(logging.INFO)
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's manual does
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    Path(app.config["INSTANCE"]).mkdir(parents=True, exist_ok=True)

    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    login.init_app(app, add_context_processor=False)
    # Not asked of the database until a template asks: the slip after a vote never does.
    app.jinja_env.globals["current_user"] = current_user
    babel.init_app(app, locale_selector=locale.chosen)
    compress.init_app(app)

    for part in (headers, health, locale, once, refusals, url_numbers, words):
        part.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.bp)
    return app


def migrations() -> Path:
    """Return the folder of the migrations: inside the wheel, or beside the package."""
    here = Path(__file__).parent
    inside = here / "migrations"
    return inside if inside.exists() else here.parent / "migrations"
