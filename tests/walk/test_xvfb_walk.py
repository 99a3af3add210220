"""The program as the officer starts it: in a real window on an X server of its own, with real keys."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from models.errors import PlanError
from models.plan import Plan
from models.reading import read_plan
from models.rows import DeretIndikator, Indikator
from services.samples import sample_plan
from ui.toolbar import FORMULIR

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("Xvfb", "xdotool")
WINDOW_MANAGERS = ("openbox", "xfwm4", "metacity", "icewm", "twm")
PATIENCE = 20.0
"""Seconds after which something that is waited for will not come any more."""
TYPED, KEPT = "123", "0,5"

pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {' and '.join(TOOLS)}")


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Ask again and again until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"{what}: not within {PATIENCE:.0f} s")
        time.sleep(0.05)


class Desk:
    """An X server with a window manager, if there is one, and the program on it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self._folder = folder
        self._begun: list[subprocess.Popen[bytes]] = []
        self._screen = folder / "Xvfb_screen0"
        number = self._start_server()
        own = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "RENAKSI_DATA": str(self.data), "HOME": str(folder)}
        kept = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
        self._environ = {**kept, **own, "XDG_CONFIG_HOME": str(folder / "config")}
        wait_until(lambda: self.xdotool("getmouselocation"), "the X server")
        manager = next(filter(shutil.which, WINDOW_MANAGERS), None)
        self._managed = manager is not None
        if manager is not None:
            self._start([manager], subprocess.DEVNULL)
            wait_until(lambda: self.xdotool("get_desktop"), "the window manager")
        with (folder / "said").open("wb") as said:
            self.program = self._start([sys.executable, str(ROOT / "main.py")], said)

    def close(self) -> None:
        """End everything that has been begun here, the last one first."""
        for process in reversed(self._begun):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def said(self) -> str:
        """What the program has written to its terminal."""
        return (self._folder / "said").read_text(encoding="utf-8", errors="replace")

    def xdotool(self, *words: str) -> str:
        """What xdotool answers; nothing where it cannot."""
        done = subprocess.run(["xdotool", *words], env=self._environ, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def title(self) -> str:
        """The title of the window in front; without a window manager of the newest one, which gets the keys then."""
        if self._managed:
            return self.xdotool("getactivewindow", "getwindowname")
        windows = self.xdotool("search", "--onlyvisible", "--name", "Renaksi").split()
        return self.xdotool("windowfocus", windows[-1], "getwindowname", windows[-1]) if windows else ""

    def press(self, *keys: str) -> None:
        """Keys one after another, such as "ctrl+z", once the program is at rest."""
        self.rest()
        self.xdotool("key", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        """A text."""
        self.xdotool("type", "--delay", "30", text)

    def picture(self) -> bytes:
        """Every 61st byte of the screen."""
        return self._screen.read_bytes()[::61]

    def press_and_see(self, key: str, what: str) -> None:
        """A key after which more of the screen is another than a caret that blinks."""
        self.rest()
        before = self.picture()

        def is_other() -> bool:
            now = self.picture()
            return sum(a != b for a, b in zip(before, now, strict=True)) > len(before) // 200

        self.press(key)
        wait_until(is_other, what)

    def rest(self) -> None:
        """Wait until the program has had next to nothing to do for a moment: nothing is drawn or written any more."""

        def is_idle() -> bool:
            before = self._worked()
            time.sleep(0.4)
            return self._worked() - before <= 1

        wait_until(lambda: self.program.poll() is not None or is_idle(), "a moment of rest")

    def _worked(self) -> int:
        """Hundredths of a second that the program has used of the processors."""
        try:
            fields = Path(f"/proc/{self.program.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return 0
        return int(fields[11]) + int(fields[12])

    def _start_server(self) -> str:
        """Its number; the server itself takes one that is free."""
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
        self._start([*command, "-fbdir", str(self._folder)], subprocess.DEVNULL, passed=[write])
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb has not begun"
        return number

    def _start(self, command: Sequence[str], said: object, passed: Sequence[int] = ()) -> "subprocess.Popen[bytes]":
        environ = getattr(self, "_environ", None)
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=said, stderr=said, pass_fds=passed)  # type: ignore[call-overload]
        self._begun.append(process)
        return process


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def januaries(plan: Plan) -> list[str | None]:
    """The targets of Januari of the first two lines of the grid that the sample opens with."""
    indicators = plan.all(Indikator)
    first = next(i for i in indicators if i.uraian == "Persentase Koperasi Aktif dan Sehat")
    second = next(i for i in indicators if i.uraian.startswith("Persentase koperasi yang memiliki Nomor Induk"))
    series = (plan.one(DeretIndikator, "indikator_id", i.id, "target") for i in (first, second))
    return [s.nilai[0] if s else None for s in series]


def test_a_plan_is_opened_edited_and_closed_in_a_real_window(desk: Desk) -> None:
    wait_until(lambda: desk.title() == "Renaksi", "the start page")
    desk.press_and_see("alt+b", "the menu Berkas")
    desk.press_and_see("c", "the list of samples")
    desk.press("1")
    wait_until(lambda: desk.title().startswith("buleleng-2022"), "the sample")
    path = next((desk.data / "contoh").glob("[!~]*.db"))

    def holds(*wanted: str | None) -> bool:
        with suppress(PlanError, OSError):
            return januaries(Plan(read_plan(path))) == list(wanted)
        return False

    one, two = januaries(sample_plan()[0])
    assert holds(one, two)
    desk.press("F6", "F6")
    desk.type(TYPED)
    desk.press("Return")
    wait_until(lambda: holds(TYPED, two), "what was typed in the file")
    desk.press("ctrl+z")
    wait_until(lambda: holds(one, two), "the file without what was undone")
    desk.type(KEPT)
    desk.press("Return")
    wait_until(lambda: holds(one, KEPT), "what was typed in the line below")
    for view in ("Pohon", "Naskah", "Formulir"):
        desk.press_and_see("ctrl+Next", view)
    desk.press("ctrl+q")
    wait_until(lambda: desk.program.poll() is not None, "the end")
    assert desk.program.returncode == 0, desk.said()
    assert desk.said() == ""
    assert holds(one, KEPT)
    listed = json.loads((desk.data / "terakhir.json").read_text(encoding="utf-8"))
    assert [(entry["path"], entry["view"]) for entry in listed] == [(str(path), FORMULIR)]
    assert not list((desk.data / "kerja").glob("*.db"))
