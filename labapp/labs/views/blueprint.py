"""The room's blueprint, alone, so that each page can import it."""

from flask import Blueprint

bp = Blueprint("labs", __name__)
