"""What a file of a room does, told from its text alone: it writes, commits, knows the request."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.tree import PACKAGE, ROOMS, name

#: What a room may be made of besides pure modules; each may be a file or a folder.
FURNITURE = {"models", "queries", "service", "forms", "views", "documents", "tasks", "room"}
#: Where a transaction ends: a page, a turn of the clock.
EDGES = {"views", "tasks"}
#: Whole packages that are an edge: commands, the example's loading, and the request's one commit.
EDGE_PACKAGES = {"cli", "demo", "web"}
#: Packages that are no room of the house: the first two are pure, a restored backup is no act.
APART = {"domain", "counting", "cli"}
REQUEST = {"flask", "werkzeug", "wtforms", "flask_login", "flask_wtf", "flask_babel"}
REQUEST |= {"flask_limiter", "flask_compress", "flask_migrate", "govuk_frontend_wtf"}
MAIL = {"smtplib", "email", "flask_mail"}
TYPESETTING = {"subprocess", "typst"}
HOOKS = {"get", "post", "route", "command", "user_loader", "before_request", "errorhandler"}
DML = {"insert", "update", "delete"}
ROWS = {"add", "add_all", "delete", "merge", "bulk_save_objects", "bulk_insert_mappings"}
ENDS = {"commit", "rollback", "begin", "begin_nested", "close", "remove", "reset"}


@dataclass(frozen=True)
class File:
    """What one file does.

    Attributes:
        names: what each imported name stands for, a dotted path.
        writes: the lines that write: the record, rows, or DML.
        ends: the lines that commit, roll back, or open a transaction of their own.
        is_edge: whether Flask, the clock or a command calls it.
        functions: each function or class of the file, and whether it writes by itself.
        calls: each function or class with what it calls, named as a dotted path.
    """

    path: Path
    names: Mapping[str, str]
    writes: tuple[int, ...]
    ends: tuple[int, ...]
    is_edge: bool
    functions: Mapping[str, bool]
    calls: Mapping[str, frozenset[str]]

    @property
    def room(self) -> str:
        """Return the folder of the house that it stands in."""
        return self.path.relative_to(PACKAGE).parts[0]

    def brings(self, families: set[str]) -> list[str]:
        """Return its imports from one of these packages."""
        return sorted(
            each for each in set(self.names.values()) if each.partition(".")[0] in families
        )


@cache
def read(path: Path, source: str | None = None) -> File:
    """Read a file, or another text in its place."""
    tree = ast.parse(path.read_text(encoding="utf-8") if source is None else source)
    bound = _bound(list(ast.walk(tree)))
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    names = bound | {node.name: f"{dotted(path)}.{node.name}" for node in functions}
    return File(
        path=path,
        names=bound,
        writes=tuple(node.lineno for node in _called(tree) if _writes(node, bound)),
        ends=tuple(sorted({line for node in ast.walk(tree) for line in _ends(node, bound)})),
        is_edge=parts[0] in EDGE_PACKAGES
        or bool(EDGES & set(parts[1:]))
        or any(map(_is_hook, tree.body)),
        functions={n.name: any(_writes(each, bound) for each in _called(n)) for n in functions},
        calls={
            n.name: frozenset(_spelled(each.func, names) for each in _called(n)) for n in functions
        },
    )


def _called(tree: ast.AST) -> list[ast.Call]:
    """Return every call in a piece of source, in order."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def house() -> list[File]:
    """Read every file of every room."""
    return [
        read(path)
        for path in ROOMS
        if path.parent != PACKAGE and path.relative_to(PACKAGE).parts[0] not in APART
    ]


def dotted(path: Path) -> str:
    """Return the name that a file is imported by."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def offenders(files: list[File]) -> Iterator[str]:
    """Name each file that does two things of which a room keeps one to a writer, one to an edge."""
    modules = {dotted(file.path): file for file in files}
    typesetters = {dotted(f.path) for f in files if f.room == "files" and f.brings(TYPESETTING)}
    bound = {file.path: why for file, why in _bound_to_write(files, modules)}
    for file in files:
        said = bound.get(file.path)
        if said:
            for brought in file.brings(REQUEST):
                yield f"{name(file.path)} {said} and imports {brought}: leave that to a view"
            if file.brings(MAIL):
                yield f"{name(file.path)} {said} and sends mail: leave a row in the outbox"
            for brought in sorted(typesetters & set(file.names.values())):
                yield f"{name(file.path)} {said} and typesets by {brought}: leave that to documents"
        for line in file.ends if said or not file.is_edge else ():
            who = said or "is no view, task or command"
            yield f"{name(file.path)}:{line} {who} and ends a transaction: leave that to the edge"


def _bound_to_write(files: list[File], modules: Mapping[str, File]) -> Iterator[tuple[File, str]]:
    """Give each file that must keep a writer's manners, and why."""
    callers = {file.path for file in files if not file.is_edge and _calls_writer(file, files)}
    writers = [file for file in files if file.writes or file.path in callers]
    reached = {file.path for file in writers}
    waiting = list(writers)
    while waiting:
        for other in _neighbours(waiting.pop(), modules):
            if other.path not in reached and not other.is_edge:
                reached.add(other.path)
                waiting.append(other)
    for file in files:
        if file.writes:
            yield file, f"writes (line {file.writes[0]})"
        elif file.path in callers:
            yield file, "calls what writes in its room"
        elif file.path in reached:
            yield file, "is imported by what writes in its room"


def _calls_writer(file: File, files: list[File]) -> bool:
    """Say whether a file calls a function of its own room that writes, however far away."""
    writing = _writing(tuple(other for other in files if other.room == file.room))
    return any(called in writing for calls in file.calls.values() for called in calls)


def _writing(room: tuple[File, ...]) -> set[str]:
    """Return the functions of a room that write, by themselves or through others of it."""
    writing = {
        f"{dotted(file.path)}.{function}"
        for file in room
        for function, by_itself in file.functions.items()
        if by_itself
    }
    calling = [
        (f"{dotted(file.path)}.{function}", calls)
        for file in room
        for function, calls in (
            *file.calls.items(),
            *((alias, {whole}) for alias, whole in file.names.items()),
        )
    ]
    while more := {full for full, calls in calling if full not in writing and writing & calls}:
        writing |= more
    return writing


def _neighbours(file: File, modules: Mapping[str, File]) -> Iterator[File]:
    """Give the files of the same room that a file imports."""
    for brought in file.names.values():
        for module in (brought, brought.rpartition(".")[0]):
            if module in modules and modules[module].room == file.room:
                yield modules[module]


def _bound(nodes: list[ast.AST]) -> dict[str, str]:
    """Return what each imported name stands for."""
    names = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _spelled(node: ast.expr, bound: Mapping[str, str]) -> str:
    """Return a call's name in full, empty where it begins with no import."""
    first, _, others = ast.unparse(node).partition(".")
    if first not in bound:
        return ""
    return f"{bound[first]}.{others}" if others else bound[first]


def _writes(node: ast.Call, bound: Mapping[str, str]) -> bool:
    """Say whether a call leaves an entry, changes the session's rows, or makes DML."""
    full = _spelled(node.func, bound)
    if full == "labapp.record.service.append" or (
        full.startswith("sqlalchemy.") and full.rpartition(".")[2] in DML
    ):
        return True
    match node.func:
        case ast.Attribute(value=ast.Attribute(attr="session"), attr=attr) if attr in ROWS:
            return True
        case ast.Attribute(value=ast.Name(id="session"), attr=attr) if attr in ROWS:
            return True
        case ast.Attribute(attr="record"):
            return True
        case ast.Name(id="text") | ast.Attribute(attr="exec_driver_sql"):
            words = ast.unparse(node.args[0]).strip("f\"'").split() if node.args else []
            return bool(words) and words[0].lower() in {*DML, "replace", "truncate"}
    return False


def _ends(node: ast.AST, bound: Mapping[str, str]) -> Iterator[int]:
    """Give the line where a transaction is ended: whose it is, and how it is reached, is no matter.

    A commit is one by whatever name the session goes, and so is one that is only named.
    """
    match node:
        case ast.Attribute(attr="commit" | "rollback", lineno=line):
            yield line
        case ast.Attribute(
            value=ast.Attribute(attr="session" | "engine")
            | ast.Name(id="session" | "connection" | "engine"),
            attr=attr,
            lineno=line,
        ) if attr in ENDS:
            yield line
        case ast.Call(
            func=ast.Name(id="getattr"), args=[_, ast.Constant(value="commit" | "rollback")]
        ):
            yield node.lineno
        case ast.Call(func=ast.Name(id="text"), args=[ast.Constant(value=str(words))]):
            if words.strip().lower().startswith(("commit", "rollback", "begin")):
                yield node.lineno
        case ast.Call(func=func):
            full = _spelled(func, bound)
            if full.startswith("labapp.web.") and full.rpartition(".")[2] in ENDS:
                yield node.lineno


def _is_hook(node: ast.stmt) -> bool:
    """Say whether a function is handed to Flask: a page, a command, a hook."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(called := each.func if isinstance(each, ast.Call) else each, ast.Attribute)
        and called.attr in HOOKS
        for each in node.decorator_list
    )
