"""The words of every template: dates, money and lateness as people say them."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date, format_datetime
from flask import Flask, g, request
from flask_babel import get_locale, get_translations, ngettext
from flask_babel import gettext as _
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from labapp.db import utcnow
from labapp.domain.panama_time import local, local_day
from labapp.web.form import new_once

_LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")
# Up to three months people count days; up to two years, months.
_DAYS, _MONTHS = 90, 730


def init_app(app: Flask) -> None:
    """Give the templates their words and the library of components."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of its i18n extension
        lambda sentence: _catalog().ugettext(sentence),
        lambda one, many, number: _catalog().ungettext(one, many, number),
        newstyle=True,
    )
    libraries = PrefixLoader({name: PackageLoader(name) for name in _LIBRARIES})
    own = app.jinja_loader
    app.jinja_loader = ChoiceLoader([own, libraries] if own else [libraries])
    app.jinja_env.filters |= {
        "ago": ago,
        "bar_middle": bar_middle,
        "bar_width": bar_width,
        "day": day,
        "hour": hour,
        "late": late,
        "moment": moment,
        "money": money,
        "percent": percent,
        "points_apart": points_apart,
        "share_of": share_of,
        "translation": translation,
    }
    marks = _marks(Path(str(app.static_folder)))
    app.jinja_env.globals |= {
        "asset": lambda name: f"{app.static_url_path}/{name}?v={marks[name]}",
        "get_locale": get_locale,
        "in_language": in_language,
        "new_once": new_once,
    }


def _catalog() -> Any:
    """Return the sentences of this request's language, found once: a page asks for fifty."""
    if "catalog" not in g:
        g.catalog = get_translations()
    return g.catalog


def translation(stored: str) -> str:
    """Return a sentence kept in the database in the reader's language, whatever signs it holds."""
    return str(_catalog().ugettext(stored))


def _marks(folder: Path) -> dict[str, str]:
    """Return a mark of each file's bytes: a browser may keep it until the file changes."""
    files = [path for path in folder.iterdir() if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}


def day(when: date | datetime) -> str:
    """Return a day in figures and letters: 14 ago 2026."""
    return str(format_date(local_day(when), "d MMM y", locale=get_locale()))


def moment(when: datetime) -> str:
    """Return a day and its hour: 14 ago 2026, 5:30 p. m."""
    return f"{day(when)}, {hour(when)}"


def hour(when: datetime) -> str:
    """Return the hour of an instant in Panama: 5:30 p. m."""
    return str(format_datetime(local(when).replace(tzinfo=None), "h:mm a", locale=get_locale()))


def ago(when: date | datetime) -> Markup:
    """Return how long ago, or in how long, with the exact date in the title."""
    exact = moment(when) if isinstance(when, datetime) else day(when)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat(),
        exact,
        distance((local_day(when) - local_day(utcnow())).days),
    )


def distance(days: int) -> str:
    """Say a number of days from today, negative for the past."""
    near = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    if days in near:
        return str(near[days])
    count = abs(days)
    if count < _DAYS:
        past = ngettext("%(num)d day ago", "%(num)d days ago", count)
        future = ngettext("in %(num)d day", "in %(num)d days", count)
    elif count < _MONTHS:
        count = round(count / 30.4)
        past = ngettext("%(num)d month ago", "%(num)d months ago", count)
        future = ngettext("in %(num)d month", "in %(num)d months", count)
    else:
        count = round(count / 365.25)
        past = ngettext("%(num)d year ago", "%(num)d years ago", count)
        future = ngettext("in %(num)d year", "in %(num)d years", count)
    return str(past if days < 0 else future)


def late(days: int) -> str:
    """Say by how many days something is late."""
    return str(ngettext("%(num)d day late", "%(num)d days late", days))


def money(balboas: int) -> str:
    """Return whole balboas as they are written in Panama: B/. 4,800."""
    return f"B/.\u00a0{balboas:,}"


def percent(share: float) -> str:
    """Return a share of a hundred, rounded to the whole."""
    return f"{share:.0f}\u00a0%"


def share_of(part: float, whole: float) -> float:
    """Return a part as a share of a hundred."""
    return 100 * part / whole


def points_apart(one: float, other: float) -> int:
    """Return how far apart two shares are, each rounded to the whole as it is shown."""
    return abs(round(one) - round(other))


def bar_width(length: float) -> str:
    """Return a length of a chart, in thousandths of the widest, as a width of the page."""
    return f"{length / 10}%"


def bar_middle(slice_: Any) -> str:
    """Return where the middle of a slice stands on the bar of a chart."""
    return bar_width(slice_.start + slice_.length / 2)


def in_language(code: str) -> str:
    """Return the address of this same page in another language."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return f"{request.path}?{urlencode([*kept, ('lang', code)])}"
