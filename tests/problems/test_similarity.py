"""Problems that sound alike are offered, others are not."""

from labapp.problems.similarity import SimilarProblem, alike

WATER = SimilarProblem(1, "El agua sale color chocolate cuando llueve y llega solo de noche.", 41)
ROAD = SimilarProblem(3, "El camino se lava con cada aguacero.", 19)
DRY = SimilarProblem(4, "En la parte alta pasamos días sin agua.", 12)


def test_marks_case_and_endings_do_not_matter() -> None:
    found = alike("EL ÁGUA nos llega de color CHOCOLATES", [ROAD, DRY, WATER])

    assert found == [WATER]


def test_nothing_is_offered_for_what_nobody_said() -> None:
    assert alike("No hay luz en la parada del bus", [WATER, ROAD, DRY]) == []
    assert alike("", [WATER]) == []
    assert alike("😀😀 <b>", [WATER]) == []


def test_the_likest_comes_first_and_there_are_at_most_three() -> None:
    many = [SimilarProblem(n, "agua chocolate noche lluvia", n) for n in range(1, 9)]

    found = alike("agua chocolate noche lluvia", many)

    assert [one.number for one in found] == [8, 7, 6]
