"""Other processes: a module of bench run by the same Python, offscreen, on a data folder and settings of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter, time
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Ended(NamedTuple):
    """What a child printed (JSON), when it began (`time.time()`), and how many seconds the whole process took."""

    said: Any
    begun: float
    seconds: float


def run_child(module: str, *arguments: str) -> Ended:
    """Run `python -m module` to its end.

    Raises:
        RuntimeError: it failed; with what it wrote.
    """
    command = [sys.executable, "-m", module, *arguments]
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun, start = time(), perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    seconds = perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{module} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return Ended(json.loads(done.stdout), begun, seconds)


def use_folder(folder: Path) -> None:
    """Let this process and its children keep working copies, lists and settings below `folder`."""
    os.environ["RENAKSI_DATA"] = str(folder / "data")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
