"""The methods, each a module with one object: a new one is added to this list, and nowhere else."""

from collections.abc import Mapping

from labapp.counting.method import Method
from labapp.counting.methods.approval import APPROVAL
from labapp.counting.methods.borda import BORDA
from labapp.counting.methods.equal_shares import EQUAL_SHARES
from labapp.counting.methods.greedy import GREEDY, GREEDY_STOP
from labapp.counting.methods.irv import IRV
from labapp.counting.methods.plurality import PLURALITY
from labapp.counting.methods.points import POINTS
from labapp.counting.methods.schulze import SCHULZE
from labapp.counting.methods.score import SCORE
from labapp.counting.methods.sortition import NAME as SORTITION
from labapp.counting.methods.stv import STV

#: Name -> method, in the order in which they are offered.
METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        PLURALITY,
        APPROVAL,
        SCORE,
        POINTS,
        BORDA,
        IRV,
        STV,
        SCHULZE,
        GREEDY,
        GREEDY_STOP,
        EQUAL_SHARES,
    )
}
#: Every name that may be typed after ``--rule``.
NAMES = (*METHODS, SORTITION)
