"""What is asked of who takes something away, appeals, or hears an appeal."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import OF_PUBLISHED, RemovalCode
from labapp.web.fields import Choice, Text
from labapp.web.form import Form
from labapp.web.readers import Reader

#: How much can be taken away of what is public.
_SCOPES = {
    RemovalScope.WORDS: _l("Only some words: they are blacked out, the rest stays"),
    RemovalScope.FILE: _l("One photo or file"),
    RemovalScope.WHOLE: _l("All of it"),
}


class RemovalForm(Form):
    """How much, for which reason, and in which words for the author."""

    reader = Reader.AUTHOR_AND_DESK
    scope = Choice(_l("What is taken away?"), ())
    hidden = Text(
        _l("Which words?"),
        max=2000,
        rows=3,
        required=False,
        hint=_l(
            "As they are written there, one phrase a line. Capitals and accents do not matter."
        ),
    )
    file = Choice(_l("Which photo or file?"), (), required=False)
    code = Choice(
        _l("Why?"),
        [(code.value, code.label) for code in OF_PUBLISHED],
        hint=_l("Everybody reads this reason."),
    )
    words = Text(
        _l("Tell whoever wrote it what and why"),
        max=1000,
        rows=3,
        empty=_l("Write why: whoever wrote it has a right to know."),
    )

    def offer(self, scopes: list[RemovalScope], files: dict[str, str]) -> None:
        """Offer what can be taken away of this thing."""
        self.scope.options = {scope.value: str(_SCOPES[scope]) for scope in scopes}
        self.code.options = {code.value: _(code.label) for code in OF_PUBLISHED}
        self.file.options = files
        if not files:
            del self.file

    def is_complete(self) -> bool:
        """Tell whether what was chosen is named too; say what lacks."""
        if not self.validate_on_submit():
            return False
        if self.scope.data == RemovalScope.WORDS and not self.phrases():
            self.hidden.errors = [_("Write the words to be blacked out, as they stand there.")]
        if self.scope.data == RemovalScope.FILE and not self.file_id():
            self.scope.errors = [_("Choose which photo or file.")]
        return not self.errors

    def phrases(self) -> list[str]:
        """Return the words to be blacked out, a phrase each."""
        if self.scope.data != RemovalScope.WORDS:
            return []
        return [line.strip() for line in self.hidden.data.splitlines() if line.strip()]

    def file_id(self) -> int | None:
        """Return the file chosen."""
        chosen = "file" in self and self.scope.data == RemovalScope.FILE and self.file.data
        return int(chosen) if chosen else None

    def reason(self) -> RemovalCode:
        """Return the code chosen."""
        return RemovalCode(self.code.data)


class AppealForm(Form):
    """Why it should stand."""

    reader = Reader.AUTHOR_AND_DESK
    words = Text(
        _l("Why should it stand?"),
        max=1000,
        rows=3,
        empty=_l("Write why: somebody of ANTAI will read it."),
    )


class RulingForm(Form):
    """What ANTAI answers to an appeal."""

    reader = Reader.AUTHOR_AND_DESK
    upheld = Choice(
        _l("What do you decide?"),
        {"no": _l("It is put back"), "yes": _l("It stays taken away")},
    )
    words = Text(
        _l("Tell whoever appealed why"),
        max=1000,
        rows=3,
        empty=_l("Write why: whoever appealed has a right to know."),
    )
