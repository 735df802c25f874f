"""Flask extensions, unbound. Imports nothing of labapp, so anything may import it."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect


class Throttle(Limiter):
    """Counts the requests of the pages that set a limit, and asks nothing of any other.

    No limit holds for all pages; the library would look for one at each request all the same.
    """

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Throttle(get_remote_address)
login = LoginManager()
# A sign-in is a row that can be ended; a phone changes address all day, and no page asks whether
# the sign-in is "fresh".
login.session_protection = None
