"""The blueprint that the pages of the stages share."""

from flask import Blueprint

bp = Blueprint("stages", __name__)
