"""What the metadata of a Pabulib file say of the rule by which it was counted."""

from collections.abc import Mapping

from labapp.counting.election import Election
from labapp.counting.errors import Uncountable
from labapp.counting.formats.fields import amount
from labapp.counting.methods import METHODS, NAMES

_THRESHOLD = "min_project_score_threshold"
#: In META, "option_seats" is the option "seats" of the rule; not Pabulib's, and ignored by it.
OPTION = "option_"
#: Names of rules, Pabulib's own and ours -> what they mean here.
_MEANT: dict[str, tuple[str, Mapping[str, str]]] = {
    **{own: (name, given) for name, m in METHODS.items() for own, given in m.pabulib.items()},
    **{name: (name, {}) for name in METHODS},
}


def own_rule(election: Election) -> tuple[str, dict[str, str]]:
    """Return the rule and the options that the file's metadata states.

    Raises:
        Uncountable: it states none, or one that is not known here.
    """
    name = election.said.get("rule", "")
    if election.costs is None or not name:
        raise Uncountable(
            "The file does not say its rule; choose one with --rule: %(names)s.",
            names=", ".join(NAMES),
        )
    if name not in _MEANT:
        raise Uncountable(
            "The file says its rule is “%(rule)s”, which is not one of these: %(names)s. "
            "Choose one with --rule.",
            rule=name[:60],
            names=", ".join(NAMES),
        )
    rule, meant = _MEANT[name]
    stated = {
        key.removeprefix(OPTION): value
        for key, value in election.said.items()
        if key.startswith(OPTION)
    }
    options = {**meant, **stated}
    threshold = election.said.get(_THRESHOLD)
    if threshold and METHODS[rule].reads_threshold:
        amount(threshold, election.said_at[_THRESHOLD], f"the {_THRESHOLD} in META")
        options["threshold"] = threshold
    return rule, options
