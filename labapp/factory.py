"""Build the application out of what each room brings."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from labapp import config
from labapp.db import db
from labapp.extensions import babel, compress, csrf, limiter, login
from labapp.house import ROOMS, install_hooks
from labapp.web import edge, formatting, headers, health, locale, refusals, url_numbers


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
    babel.init_app(app, locale_selector=locale.request_language)
    compress.init_app(app)

    for part in (headers, health, locale, edge, refusals, url_numbers, formatting):
        part.init_app(app)
    for room in ROOMS:
        for blueprint in room.blueprints:
            app.register_blueprint(blueprint)
    install_hooks()
    return app


def migrations() -> Path:
    """Return the folder of the migrations: inside the wheel, or beside the package."""
    here = Path(__file__).parent
    inside = here / "migrations"
    return inside if inside.exists() else here.parent / "migrations"
