"""Why one thing comes from another."""

from enum import StrEnum


class DescentKind(StrEnum):
    """What ties the child to its parent: the child ... the parent. The value is stored."""

    ANSWERS = "answers"
    SAID_IN = "said in"
    JOINED_WITH = "joined with"
    DIVIDED_FROM = "divided from"
    CAME_FROM = "came from"
    PUT_TO_THE_VOTE = "put to the vote"
    ACCEPTED_IN = "accepted in"
    STEP_OF = "step of"
    SHOWS = "shows"
    CARRIES_OUT = "carries out"
    WATCHES = "watches"
    CHOSEN_IN = "chosen in"
    MADE_BY = "made by"
    TAKEN_ON = "taken on"
    FOUND_IN = "found in"
    REVIEWS = "reviews"
