"""What a count can refuse, and how its sentences are marked for translation."""


def mark(sentence: str) -> str:
    """Return ``sentence`` unchanged; the name lets ``pybabel extract -k mark`` find it."""
    return sentence


class Uncountable(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """Ballots, a rule or its options do not go together.

    ``sentence`` is English, with ``%(name)s`` places for ``values``; where it is marked, whoever
    shows it translates it. ``str(refusal)`` is the English, for logs and the command line.
    """

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


class UnreadableFile(Uncountable):
    """A file of ballots or a bundle is not what it must be."""


class InvalidBallot(Uncountable):
    """A ballot will not do: it marks, ranks or gives points to what it may not."""
