"""A name is a noun of the field that a stranger can look up: four rules, each over every file."""

from tests.house.names import guards, is_bare, namesakes, participles, twins


def test_no_module_and_no_public_function_is_a_bare_participle() -> None:
    offenders = [f"{where}: {path}" for where, path in participles()]

    assert not offenders, "name what is there, not what was done to it:\n" + "\n".join(offenders)


def test_no_two_classes_bear_one_name() -> None:
    offenders = [f"{called}: {', '.join(places)}" for called, places in twins()]

    assert not offenders, "say which of the two is meant in its name:\n" + "\n".join(offenders)


def test_no_two_modules_of_a_room_bear_one_name_save_its_furniture() -> None:
    offenders = [f"{called}: {', '.join(places)}" for called, places in namesakes()]

    assert not offenders, "one word, one meaning in a room:\n" + "\n".join(offenders)


def test_what_can_only_raise_begins_with_require() -> None:
    offenders = [f"{where}: {path}" for where, path in guards()]

    assert not offenders, "call it require_<what must be so>:\n" + "\n".join(offenders)


def test_a_participle_is_known_with_and_without_small_words_and_a_noun_beside_it_mends_it() -> None:
    riddles = {"said", "seen_on", "found", "not_published", "locked", "given", "Told", "elected"}
    names = {"read", "need", "may_be_seen", "admitted_proposals", "standing", "Vote", "lock_vote"}

    assert {each for each in riddles | names if is_bare(each)} == riddles
