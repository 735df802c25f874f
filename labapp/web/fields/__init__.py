"""The questions a form can ask, each with one clear sentence when the answer will not do."""

from labapp.web.fields.choices import Choice, Choices, Yes
from labapp.web.fields.days import Day, Hour, Moment
from labapp.web.fields.numbers import Money, Whole
from labapp.web.fields.text import Line, Mail, Secret, Text
from labapp.web.fields.upload import Upload

__all__ = [
    "Choice",
    "Choices",
    "Day",
    "Hour",
    "Line",
    "Mail",
    "Moment",
    "Money",
    "Secret",
    "Text",
    "Upload",
    "Whole",
    "Yes",
]
