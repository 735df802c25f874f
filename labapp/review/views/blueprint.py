"""The blueprint of the room of reviews."""

from flask import Blueprint

bp = Blueprint("review", __name__)
