"""Each folder of the house is a room that names what it brings, in its own ``room.py``."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from flask import Blueprint

from labapp.house import ROOMS
from labapp.room import Room
from tests.house.tree import PACKAGE, SOURCES

#: Folders that are no rooms: they know every room, or none.
APART = {"cli", "counting", "demo", "domain"}
FOLDERS = sorted({path.parent for path in PACKAGE.glob("*/__init__.py")} - {PACKAGE})
NAMES = [folder.name for folder in FOLDERS if folder.name not in APART]


def test_each_folder_is_a_room_on_the_list() -> None:
    without = [name for name in NAMES if not (PACKAGE / name / "room.py").exists()]

    assert not without, f"write what they bring in labapp/<room>/room.py: {without}"
    assert [name for name in NAMES if not any(_room(name) is room for room in ROOMS)] == [], (
        "give each its line in labapp/house.py"
    )
    assert len(ROOMS) == len(NAMES)


def test_what_a_room_has_its_room_brings() -> None:
    forgotten = [
        f"{module.__name__}.{word}: name it in labapp/{name}/room.py"
        for name in NAMES
        for module in _modules(name)
        for word, what in _has(module)
        if not any(what is one for one in _brought(_room(name)))
    ]

    assert not forgotten, "\n".join(forgotten)


def test_a_page_a_task_and_a_check_that_nobody_brings_are_seen() -> None:
    module = ModuleType("labapp.problems.tasks")
    module.__dict__["bp"] = Blueprint("forgotten", __name__)
    for line in ("def close_old(now): ...", "def drift(): ...", "def finish(key, now): ..."):
        exec(line, module.__dict__)  # noqa: S102

    assert [word for word, _what in _has(module)] == ["bp", "close_old", "drift"]


def _room(name: str) -> Room:
    room = import_module(f"labapp.{name}.room").room
    assert isinstance(room, Room)
    return room


def _brought(room: Room) -> tuple[Any, ...]:
    return (*room.blueprints, *room.every_minute, *room.long, *room.drifts)


def _modules(name: str) -> Iterator[ModuleType]:
    for path in SOURCES:
        if path.is_relative_to(PACKAGE / name):
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            yield import_module(".".join(part for part in parts if part != "__init__"))


def _has(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Give what a module has for the house: blueprints, the clock's tasks, and checks."""
    for word, what in vars(module).items():
        if isinstance(what, Blueprint) or (
            inspect.isfunction(what)
            and what.__module__ == module.__name__
            and (word == "drift" or (_is_of_the_clock(module) and _takes_the_instant(what)))
        ):
            yield word, what


def _is_of_the_clock(module: ModuleType) -> bool:
    return "tasks" in module.__name__.split(".")


def _takes_the_instant(function: Any) -> bool:
    is_public = not function.__name__.startswith("_")
    return is_public and list(inspect.signature(function).parameters) == ["now"]
