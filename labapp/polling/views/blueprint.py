"""The one blueprint of this room."""

from flask import Blueprint

bp = Blueprint("polling", __name__)
