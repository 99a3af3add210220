"""Set Renaksi up and run, test, check, measure or build it, with nothing installed but Python 3.11 or newer.

usage: python3 dev.py COMMAND [arguments]

  setup [--dev]   make .venv and install the locked packages (--dev: with those of tests, checks and build)
  run [...]       start the program; without arguments on the Buleleng sample
  test [...]      pytest; arguments are passed on
  torture [...]   the long tests before a release, a night of them; or a share, such as 0.05
  lint            ruff check, ruff format --check and mypy
  bench [...]     speed and memory; arguments are passed on
  build           PyInstaller into dist/Renaksi, then the self-test of the result

Every command does its own set-up first; when nothing changed that costs no noticeable time.
"""

import sys

# The whole file must stay readable by Python 3.6, or this sentence turns into a SyntaxError.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write(f"Renaksi memerlukan Python 3.11 atau yang lebih baru; ini Python {sys.version.split()[0]}.\n")
    sys.exit(2)

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "renaksi-setup.json"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
NEWEST_MINOR = 13  # PySide6 6.9 refuses Python 3.14
OFFSCREEN, XCB = "libqoffscreen.so", "libqxcb.so"
LINUX = sys.platform.startswith("linux")
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")
ODD_PACKAGES = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libz.so.1": "zlib1g"}
TORTURES = ("tests/torture", "tests/services/test_merge_laws.py", "tests/services/test_merge_oracle.py")
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
"""All tests in one process for each core; what is asked for by name runs in one."""
EXPORT_SAMPLE = ("ekspor", "--contoh", "--semua", "--ke", str(ROOT / "keluaran"))


class Stamp(NamedTuple):
    """What .venv holds: its Python, the SHA-256 of each lock installed, the Qt plugins whose libraries are there."""

    python: str
    locks: dict[str, str]
    plugins: list[str]


def say(text: str) -> None:
    print(text, flush=True)  # before the child's own output, also in a pipe


def stop(text: str) -> NoReturn:
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(2)


def read_stamp(path: Path) -> Stamp:
    """Read the stamp; one that is missing or damaged fits nothing, so that set-up runs again."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Stamp(str(data["python"]), dict(data["locks"]), list(data["plugins"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Stamp("", {}, [])


def write_stamp(path: Path, stamp: Stamp) -> None:
    path.write_text(json.dumps(stamp._asdict(), indent=1), encoding="utf-8")


def lock_digests(root: Path, dev: bool) -> dict[str, str]:
    """Return the SHA-256 of the locks that an installation covers; the dev lock holds all of the run lock."""
    names = (RUN_LOCK, DEV_LOCK) if dev else (RUN_LOCK,)
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}


def fits(stamp: Stamp, version: str, locks: Mapping[str, str]) -> bool:
    return stamp.python == version and locks.items() <= stamp.locks.items()


def answer(command: Sequence[str]) -> str:
    """Return what a command prints, or "" when it cannot be started or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def base_python(major_minor: tuple[int, int]) -> tuple[str, str]:
    """Return a Python that PySide6 supports, and its version: this one, or when too new an older one beside it."""
    if major_minor <= (3, NEWEST_MINOR):
        # Inside a virtual environment this is the Python that made it: .venv must not rebuild itself.
        return str(getattr(sys, "_base_executable", sys.executable)), "{}.{}".format(*major_minor)
    for minor in range(NEWEST_MINOR, 10, -1):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        found = answer([*command, "-c", "import sys; print(sys.executable)"])
        if found:
            return found, f"3.{minor}"
    stop("Python ini terlalu baru untuk PySide6 6.9; pasang Python 3.13 di sampingnya, lalu ulangi perintah ini.")


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages where no password is needed; False when that is not so, or when it failed."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    if not is_root or shutil.which("apt-get") is None:
        return False
    say(f"Memasang paket sistem: {' '.join(packages)}")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=environ)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.call(install, env=environ, stdout=subprocess.DEVNULL) == 0


def install_missing(missing: Callable[[], Sequence[str]]) -> str:
    """See to the Debian packages that a check finds missing; return the command the user must give, or ""."""
    packages = missing()
    if packages and apt_install(packages):
        packages = missing()
    return f"sudo apt-get install -y {' '.join(packages)}" if packages else ""


def make_venv(base: str, version: str) -> None:
    """Make .venv anew; Debian ships Python without the module for it."""
    probe = [base, "-c", "import ensurepip, venv; print('ok')"]
    command = install_missing(lambda: [] if answer(probe) else [f"python{version}-venv"])
    if command:
        stop(f"Python ini tanpa modul venv; jalankan lebih dahulu: {command}")
    if subprocess.call([base, "-m", "venv", "--clear", str(VENV)]) != 0:
        stop(f"Folder {VENV} tidak dapat dibuat; hapus folder itu, lalu ulangi perintah ini.")


def set_up(dev: bool) -> None:
    """Bring .venv to what the locks say; does nothing when the stamp says that it is there."""
    base, version = base_python(sys.version_info[:2])
    locks = lock_digests(ROOT, dev)
    if PYTHON.exists() and fits(read_stamp(STAMP), version, locks):
        return
    say("Menyiapkan pustaka Renaksi (sekali saja, perlu beberapa menit dan sambungan internet) ...")
    STAMP.unlink(missing_ok=True)
    if answer([str(PYTHON), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"]) != version:
        make_venv(base, version)
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    lock = str(ROOT / (DEV_LOCK if dev else RUN_LOCK))
    install = ["-m", "pip", "install", "--disable-pip-version-check", *quiet, "--require-hashes", "-r", lock]
    if subprocess.call([str(PYTHON), *install]) != 0:
        stop("Pustaka tidak dapat dipasang; periksa sambungan internet, lalu ulangi perintah ini.")
    write_stamp(STAMP, Stamp(version, locks, []))


def missing_sonames(ldd_output: str) -> list[str]:
    """Return the libraries that ldd did not find, each once, sorted."""
    lines = (line.strip() for line in ldd_output.splitlines())
    return sorted({line.split()[0] for line in lines if line.endswith("=> not found")})


def debian_package(soname: str) -> str:
    """Name the Debian package of a library.

    Source: Debian Policy 8.1: name and version of the soname, with a hyphen between where the name ends in a
    digit. The names that end in t64 since Debian 13 also answer to the name without it.
    """
    if soname in ODD_PACKAGES:
        return ODD_PACKAGES[soname]
    name, _, version = soname.lower().replace("_", "-").partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else name + version


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Windows and macOS always show windows; elsewhere an X or Wayland server has to be named."""
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def screen_plugin() -> str:
    return XCB if has_screen(sys.platform, os.environ) else OFFSCREEN


def missing_packages(plugin: str) -> list[str]:
    """Return the Debian packages of the system libraries that Qt's modules and one platform plugin lack."""
    ldd = shutil.which("ldd")
    qt = next(VENV.glob("lib/python*/site-packages/PySide6"), None)
    if ldd is None or qt is None:
        return []
    files = [*(qt / f"{module}.abi3.so" for module in QT_MODULES), qt / "Qt/plugins/platforms" / plugin]
    done = subprocess.run([ldd, *map(str, files)], capture_output=True, text=True, check=False)
    return sorted({debian_package(soname) for soname in missing_sonames(done.stdout)})


def library_command(plugin: str) -> str:
    """See to Qt's system libraries on Linux; return the command the user must give, "" when nothing is missing."""
    stamp = read_stamp(STAMP)
    if not LINUX or plugin in stamp.plugins:
        return ""
    command = install_missing(lambda: missing_packages(plugin))
    if not command:
        write_stamp(STAMP, stamp._replace(plugins=[*stamp.plugins, plugin]))
    return command


def set_up_with_qt(plugin: str, *, for_build: bool = False) -> None:
    """Set up for a developer's command, and stop where the system lacks packages that need a password."""
    set_up(dev=True)
    command = library_command(plugin)
    if for_build and LINUX and not command:
        command = install_missing(missing_build_packages)
    if command:
        stop(f"System packages are missing; run: {command}")


def start(*arguments: str, offscreen: bool = False, folder: Path | None = ROOT) -> int:
    """Run the Python of .venv and return its exit code, a signal as the shell counts it."""
    environ = dict(os.environ)
    if offscreen:
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    code = subprocess.call([str(PYTHON), *arguments], cwd=folder, env=environ)
    return code if code >= 0 else 128 - code


def setup(arguments: Sequence[str]) -> int:
    if any(argument != "--dev" for argument in arguments):
        stop(str(__doc__))
    set_up(dev=bool(arguments))
    return 0


def run(arguments: Sequence[str]) -> int:
    """Start the program in the user's own folder; where no window can open, write the sample's forms instead."""
    set_up(dev=False)
    plugin = screen_plugin()
    command = library_command(plugin)
    reason = f"Pustaka sistem untuk Qt belum ada (pasang dengan: {command})" if command else ""
    if arguments and reason:
        say(f"{reason}.")
    elif not arguments and (reason or plugin == OFFSCREEN):
        reason = "Komputer ini tidak punya layar" if plugin == OFFSCREEN else reason
        say(f"{reason}, maka formulir rencana contoh ditulis ke {EXPORT_SAMPLE[-1]}.")
        arguments = EXPORT_SAMPLE
    return start(str(ROOT / "main.py"), *(arguments or ["--contoh"]), folder=None)


def test(arguments: Sequence[str]) -> int:
    set_up_with_qt(OFFSCREEN)
    return start("-m", "pytest", *(arguments or SIDE_BY_SIDE), offscreen=True)


def torture(arguments: Sequence[str]) -> int:
    share = next(iter(arguments), "1")
    if len(arguments) > 1 or not share.replace(".", "", 1).isdigit():
        stop(str(__doc__))
    set_up_with_qt(OFFSCREEN)
    os.environ["RENAKSI_TORTURE"] = share
    return start("-m", "pytest", "-o", "faulthandler_timeout=0", *TORTURES, offscreen=True)


def lint(arguments: Sequence[str]) -> int:
    """Run every check, also after one failed, so that one run shows all there is to mend."""
    set_up(dev=True)
    checks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    return max([start("-m", *check) for check in checks])


def bench(arguments: Sequence[str]) -> int:
    plugin = screen_plugin()
    set_up_with_qt(plugin)
    return start("-m", "bench", *arguments, offscreen=plugin == OFFSCREEN)


def missing_build_packages() -> list[str]:
    """Return the Debian packages that PyInstaller lacks: objdump, and Python as a library."""
    find = "from PyInstaller.depend.bindepend import get_python_library_path as path; print(path())"
    library = f"libpython{read_stamp(STAMP).python}"
    found = {"binutils": shutil.which("objdump"), library: answer([str(PYTHON), "-c", find])}
    return [package for package, place in found.items() if not place]


def build(arguments: Sequence[str]) -> int:
    """Build the program and let the result test itself, as it will be on a computer without Python."""
    set_up_with_qt(OFFSCREEN, for_build=True)
    if start("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec") != 0:
        return 1
    program = ROOT / "dist" / "Renaksi" / ("Renaksi.exe" if os.name == "nt" else "Renaksi")
    code = subprocess.call([str(program), "--self-test"], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    say(f"{program} --self-test: {'passed' if code == 0 else f'failed with exit code {code}'}")
    return 0 if code == 0 else 1


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command for command in (setup, run, test, torture, lint, bench, build)
}


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        wants_help = bool({"-h", "--help", "help"} & set(arguments[:1]))
        print(__doc__, file=sys.stdout if wants_help else sys.stderr)
        return 0 if wants_help else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
