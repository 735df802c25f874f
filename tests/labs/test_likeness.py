"""Which names sound alike, and which do not."""

import pytest

from labapp.labs.likeness import is_same_name, score, sounds

ALIKE = (
    ("María Pérez", "maria perez"),
    ("Pérez, María", "María del Carmen Pérez"),
    ("Mari Pere", "María Pérez"),
    ("Yessenia Gómez", "Jesenia Gomes"),
    ("Ñürüm Bejerano", "Nurum Vejerano"),
    ("Xiomara Quintero", "Siomara Kintero"),
    ("Marai Perez", "María Pérez"),
    ("Ana", "Ana Ábrego"),
    ("陈伟", "陈伟"),
    ("María Pérez", "Мария Перес"),
    ("María Pérez", "М\u0430r\u00eda Р\u00e9rez"),
    ("María Pérez", "Μαρία Πέρες"),
    ("María Pérez", "Mar\u200bía Pé\u00adrez"),
    ("María Pérez", "Mar\u034fía Pe\u0301\ufe0frez"),
    ("María Pérez", "Ma. Pérez"),
    ("María Pérez", "M. Pérez"),
    ("María Pérez", "Maria P."),
    ("Hilda Cedeño", "H. C."),
    ("María Pérez", "MARIAPEREZ"),
    ("Guadalupe Ríos", "Lupe Ríos"),
    ("Toño Chen", "Antonio Chen"),
    ("Chela Ng", "Graciela Ng"),
    ("José Ng", "Pepe Ng"),
    ("Xi Wu", "xi wu"),
)
APART = (
    ("José Pérez", "Juan Pérez"),
    ("Vecina 1", "Vecina 2"),
    ("Vecina 1", "Vecina 11"),
    ("Ana Ábrego", "Eva Ábrego"),
    ("María Pérez", "Rosa Gómez"),
    ("", "María"),
    ("¿?", "María"),
    ("陈伟", "王芳"),
    ("J. Pérez", "María Pérez"),
    ("Lupe Ríos", "Isabel Ríos"),
)


@pytest.mark.parametrize(("one", "two"), ALIKE)
def test_names_that_sound_alike_are_known_in_both_orders(one: str, two: str) -> None:
    assert score(sounds(one), sounds(two)) == score(sounds(two), sounds(one)) > 0


@pytest.mark.parametrize(("one", "two"), APART)
def test_names_that_do_not_sound_alike_are_left_apart(one: str, two: str) -> None:
    assert score(sounds(one), sounds(two)) == score(sounds(two), sounds(one)) == 0


def test_the_likest_scores_highest() -> None:
    typed = sounds("María Pérez")

    assert score(typed, sounds("Maria Perez")) == 1
    assert score(typed, sounds("Mario Pérez")) > score(typed, sounds("María Pérez Ríos Gómez"))


def test_the_same_name_is_the_same_whatever_its_marks_and_order() -> None:
    assert is_same_name("PÉREZ  María", "maria perez")
    assert is_same_name("陈伟", "陈伟")
    assert is_same_name("María Pérez", "Mar\u200bía Р\u0435\u0301rez")
    assert not is_same_name("María Pérez", "María Perez Ríos")
    assert not is_same_name("", "")
