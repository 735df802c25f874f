"""Flask extensions, unbound. Imports nothing of labapp, so anything may import it."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
login = LoginManager()
# A sign-in is a row that can be ended; a phone changes address all day, and no page asks whether
# the sign-in is "fresh".
login.session_protection = None
