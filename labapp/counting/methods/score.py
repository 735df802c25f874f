"""Score voting: each option gets points up to a top; they are added as any points are."""

from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.methods.points import UNBOUNDED, CumulativePoints


class Score(CumulativePoints):
    """Points for each option by itself."""

    name = "score"
    label = mark("Score: each option gets points up to a top")
    shares_points = False
    #: What a ballot of 200 characters holds: 30 options of "12:10".
    top_scale = 10
    most_scored = 30
    usual_scale = 5
    vote_type = "scoring"
    limit = "max_points"

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: up to its scale to each option."""
        del most
        top = scale or UNBOUNDED
        return 1, top * options, top

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether each ballot gives points."""
        del seats
        return election.rankings is None and election.costs is None and election.points is not None


SCORE = Score()
