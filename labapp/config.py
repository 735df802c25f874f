"""Settings: defaults here, then ``instance/labapp.toml``, then ``LABAPP_*`` variables."""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DEV_SECRET = "dev"  # noqa: S105  (check() refuses it in production)


class Defaults:
    """Safe for development; ``check`` refuses what is not safe in production."""

    SECRET_KEY = DEV_SECRET
    DATABASE_URL = ""
    SITE_NAME = "El Hilo"
    #: Where the source of the running copy is, as the licence asks of whoever changed it.
    SOURCE_URL = ""
    #: Where the site is reached, https://…: printed on documents, also those that the clock makes.
    SITE_URL = ""
    LANGUAGES = ("es", "en")
    BABEL_DEFAULT_LOCALE = "es"
    BABEL_DEFAULT_TIMEZONE = "America/Panama"
    #: Largest request, in bytes; a phone's photo is 3 to 8 MB.
    MAX_CONTENT_LENGTH = 12 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 1024 * 1024
    #: Terms set by this site, in days; each page shows them as "plazo del sitio".
    MODERATION_DAYS = 3
    APPEAL_DAYS = 10
    RESPONSE_DAYS = 30
    LETTER_DAYS = 30
    REVIEW_DAYS = 15
    CERTIFICATE_DAYS = 15
    #: From the day the work ends.
    REPORT_DAYS = 30
    #: Before a vote opens: who is on its list is shown to each, and may be objected to.
    ROLL_DAYS = 3
    #: In so many calendar days ANTAI answers whether an opened vote is annulled.
    ANNULMENT_DAYS = 5
    #: In working days.
    REPLY_DAYS = 5
    LINK_DAYS = 60
    QUIET_DAYS = 60
    #: How many different people must see a step done, where no committee watches; never less than
    #: two. It holds for the agreements accepted from then on.
    NEIGHBOURS = 2
    SESSION_DAYS = 30
    #: How many problems may come from one address: a whole hall may share one.
    TELL_LIMIT = "60 per hour"
    #: How many wrong codes of voting cards may come from one address: again, a whole hall.
    CARD_LIMIT = "60 per minute"
    #: How many times an hour one person looks somebody up on the roll; a busy table asks 600 times.
    ROLL_LIMIT = "60 per minute;1200 per hour"
    #: Days decreed closed, ISO dates, beside the national holidays.
    CLOSURES: tuple[str, ...] = ()
    #: True behind HTTPS; ``labapp demo`` turns it off, because it serves plain HTTP.
    SECURE_COOKIES = True
    #: How many proxies set X-Forwarded-For in front of this server.
    PROXIES = 0
    RATELIMIT_STORAGE_URI = "memory://"
    RATELIMIT_ENABLED = True
    SESSION_COOKIE_NAME = "hilo"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    #: A sign-in ends SESSION_DAYS after it began: sealing its cookie anew each time adds nothing.
    SESSION_REFRESH_EACH_REQUEST = False
    WTF_CSRF_TIME_LIMIT = None
    SEND_FILE_MAX_AGE_DEFAULT = 31_536_000


def load(overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings in force.

    Args:
        overrides: settings that win over everything (tests, ``labapp demo``).

    Returns:
        Names in capitals; ``INSTANCE`` is the folder of the database, the files and the secrets.

    Raises:
        RuntimeError: ``labapp.toml`` cannot be read.
    """
    settings = {key: getattr(Defaults, key) for key in dir(Defaults) if key.isupper()}
    given = {k[7:]: v for k, v in os.environ.items() if k.startswith("LABAPP_")}
    environment = {
        k: v if isinstance(settings.get(k), str) else _value(v) for k, v in given.items()
    }
    chosen = {**environment, **overrides}
    folder = Path(chosen.get("INSTANCE", "instance")).resolve()
    settings |= _file(folder / "labapp.toml") | chosen | {"INSTANCE": str(folder)}
    if not settings["DATABASE_URL"]:
        settings["DATABASE_URL"] = f"sqlite:///{folder / 'labapp.sqlite3'}"
    settings["SQLALCHEMY_DATABASE_URI"] = str(settings["DATABASE_URL"]).replace(
        "postgres://", "postgresql://", 1
    )
    settings["SESSION_COOKIE_SECURE"] = bool(settings["SECURE_COOKIES"])
    return settings


def require_safe(settings: Mapping[str, Any], *, debug: bool) -> None:
    """Refuse to serve in production what is not safe there.

    Raises:
        RuntimeError: with what to do, fit to be shown on the command line.
    """
    if settings.get("SECRET_KEY") in (None, "", DEV_SECRET):
        raise RuntimeError(
            "Set LABAPP_SECRET_KEY to a long random text, for example the output of: "
            "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    if debug:
        raise RuntimeError("Turn debug off: unset FLASK_DEBUG and LABAPP_DEBUG.")


def _value(text: str) -> Any:
    """Read a variable as JSON where it is JSON (numbers, true, lists), else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return {key.upper(): value for key, value in tomllib.loads(path.read_text()).items()}
    except (OSError, ValueError) as error:
        raise RuntimeError(f"Cannot read {path}: {error}") from error
