"""The floors of the house, read from the imports: ui -> services -> models, Qt and SQL each on its own floor."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("models", "services", "ui")
SINGLE = ("main.py", "dev.py")
QT = {"PySide6", "shiboken6"}
SQL_LIBRARIES = {"sqlite3", "sqlite_utils"}
OUTSIDE = {"main", "dev", "bench", "tests"}

FORBIDDEN = {
    "models": {"services", "ui"} | QT | OUTSIDE,
    "services": {"ui"} | QT | SQL_LIBRARIES | OUTSIDE,
    "ui": SQL_LIBRARIES | OUTSIDE,
    "main.py": SQL_LIBRARIES | {"dev", "bench", "tests"},
    "dev.py": QT | SQL_LIBRARIES | set(FLOORS) | {"main", "bench", "tests"},
}
NO_SQL = ("services", "ui", "main.py")
SQL = re.compile(r"\b(SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE|DROP TABLE|PRAGMA)\b")
BESIDE = (*FLOORS, "bench", "tests")
MADE = {"build", "dist", "keluaran"}
VAGUE = re.compile(r"(^|_)(utils?|helpers?|commons?|managers?|misc)$")


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the floor (or the file beside the floors) and the path of every module of the program."""
    for floor in FLOORS:
        for path in sorted((root / floor).rglob("*.py")):
            yield floor, path
    for name in SINGLE:
        if (root / name).exists():
            yield name, root / name


def imported(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield the line and full name of each import: plain, relative, and import_module("...") with a plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}".lstrip(".")) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield node.lineno, str(node.args[0].value)


def sql_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and words of each string, docstrings apart, that reads like SQL."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    docstrings = {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found = SQL.search(node.value)
            if found:
                yield node.lineno, found[0]


def strays(root: Path) -> Iterator[Path]:
    """Yield the modules outside every folder that has rules, where no rule would be checked."""
    yield from (path for path in sorted(root.glob("*.py")) if path.name not in SINGLE)
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and folder.name[0] != "." and folder.name not in {*BESIDE, *MADE}:
            yield from sorted(folder.rglob("*.py"))


def violations(root: Path) -> list[str]:
    """Return a line for each broken rule under root."""
    problems = []
    for floor, path in modules(root):
        place = path.relative_to(root)
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for line, name in imported(tree, place.parent.parts):
            if name.split(".")[0] in FORBIDDEN[floor]:
                problems.append(f"{place.as_posix()}:{line}: imports {name}")
        if floor in NO_SQL:
            problems += [f"{place.as_posix()}:{line}: SQL ({words})" for line, words in sql_strings(tree)]
    problems += [f"{path.relative_to(root).as_posix()}: stands on no floor" for path in strays(root)]
    for folder in BESIDE:
        names = [path.relative_to(root) for path in sorted((root / folder).rglob("*"))]
        problems += [
            f"{name.as_posix()}: says nothing about what is in it" for name in names if VAGUE.search(name.stem)
        ]
    return problems


def test_the_program_keeps_to_its_floors():
    assert violations(ROOT) == []


def test_every_floor_is_read():
    read = {floor for floor, _ in modules(ROOT)}
    assert read >= {*FLOORS, "dev.py"}


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        ("models/plan.py", "import services", "models/plan.py:1: imports services"),
        ("models/plan.py", "from ui.theme import dark", "models/plan.py:1: imports ui.theme.dark"),
        ("models/a/plan.py", "from ... import services", "models/a/plan.py:1: imports services"),
        ("models/plan.py", "def f():\n    from PySide6 import QtCore", "models/plan.py:2: imports PySide6.QtCore"),
        ("services/kas.py", "import ui.theme", "services/kas.py:1: imports ui.theme"),
        ("services/kas.py", "import importlib\nimportlib.import_module('ui')", "services/kas.py:2: imports ui"),
        ("services/kas.py", "from PySide6.QtGui import QColor", "services/kas.py:1: imports PySide6.QtGui.QColor"),
        ("services/kas.py", "import sqlite3", "services/kas.py:1: imports sqlite3"),
        ("services/kas.py", "from sqlite_utils import Database", "services/kas.py:1: imports sqlite_utils.Database"),
        ("services/kas.py", "import tests.conftest", "services/kas.py:1: imports tests.conftest"),
        ("services/kas.py", "x = 'SELECT * FROM t'", "services/kas.py:1: SQL (SELECT)"),
        ("services/kas.py", "t = 'x'\ny = f'DELETE FROM {t}'", "services/kas.py:2: SQL (DELETE FROM)"),
        ("ui/window.py", "import sqlite3", "ui/window.py:1: imports sqlite3"),
        ("ui/window.py", "PRAGMA = 'PRAGMA user_version'", "ui/window.py:1: SQL (PRAGMA)"),
        ("main.py", "import sqlite3", "main.py:1: imports sqlite3"),
        ("dev.py", "import PySide6", "dev.py:1: imports PySide6"),
        ("report.py", "", "report.py: stands on no floor"),
        ("core/plan.py", "", "core/plan.py: stands on no floor"),
        ("services/utils.py", "", "services/utils.py: says nothing about what is in it"),
        ("ui/window_manager.py", "", "ui/window_manager.py: says nothing about what is in it"),
        ("tests/helpers/plans.py", "", "tests/helpers: says nothing about what is in it"),
    ],
)
def test_a_planted_fault_is_found(tmp_path, place, text, problem):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert violations(tmp_path) == [problem]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("models/plan.py", "import sqlite3\nx = 'SELECT 1'\nfrom . import rows"),
        ("services/kas.py", '"""SELECT the rows."""\nfrom models import rows\nx = "Selected, update"'),
        ("services/a/kas.py", "from ..forms import parts"),
        ("ui/window.py", "from PySide6 import QtCore\nfrom services import kas\nfrom models import rows"),
        ("main.py", "from PySide6 import QtCore\nimport ui, services, models"),
        ("bench/__main__.py", "import PySide6, sqlite3\nx = 'SELECT 1'"),
    ],
)
def test_what_is_allowed_is_not_reported(tmp_path, place, text):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert violations(tmp_path) == []
