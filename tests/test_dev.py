"""dev.py: in a copy of the repository with empty locks, so that real environments are made without a network."""

import ast
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(__file__).resolve().parent.parent
LINUX = sys.platform.startswith("linux")
LDD_OUTPUT = """\
/venv/PySide6/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd5a1f2000)
\tlibEGL.so.1 => not found
\tlibQt6Gui.so.6 => /venv/PySide6/Qt/lib/libQt6Gui.so.6 (0x00007f00)
/venv/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f01)
"""
SHOW_CALL = "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd()]))\nsys.exit(len(sys.argv) - 1)\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A repository of dev.py, empty locks and a main.py that shows its call and exits with the count of arguments."""
    root = tmp_path_factory.mktemp("repo dengan spasi")
    shutil.copy(ROOT / "dev.py", root)
    (root / dev.RUN_LOCK).write_text("# kosong\n")
    (root / dev.DEV_LOCK).write_text("# kosong\n")
    (root / "main.py").write_text(SHOW_CALL)
    plant_old_environment(root)
    return root


def plant_old_environment(root):
    """Leave what an older Python may leave behind: its files, and a python that is another or none at all."""
    stamp_of(root).parent.mkdir()
    dev.write_stamp(stamp_of(root), dev.Stamp("3.10", dev.lock_digests(root, dev=True), [dev.XCB]))
    (root / ".venv" / "sisa.txt").write_text("3.10")
    if os.name != "nt":
        write_tool(python_of(root).parent, "python", "echo 3.10")


def call(root, *arguments, folder=None, **environ):
    """Run dev.py of root without a screen and without a network."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"PIP_NO_INDEX": "1", "PYTHONIOENCODING": "utf-8"} | environ
    command = [sys.executable, str(root / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, env=env, check=False)


def ready(root, *arguments):
    done = call(root, "setup", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def python_of(root):
    return root / dev.PYTHON.relative_to(ROOT)


def stamp_of(root):
    return root / dev.STAMP.relative_to(ROOT)


def write_tool(folder, name, script):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_an_environment_of_another_python_is_made_anew_once(copy):
    assert "Menyiapkan" in ready(copy)
    assert ready(copy) == ""
    assert not (copy / ".venv" / "sisa.txt").exists()
    found = subprocess.check_output([python_of(copy), "-c", "import pip, sys; print(sys.version_info[:2])"], text=True)
    assert found.strip() == str(sys.version_info[:2])
    assert dev.read_stamp(stamp_of(copy)) == dev.Stamp(
        "{}.{}".format(*sys.version_info), dev.lock_digests(copy, False), []
    )


def test_a_changed_lock_is_installed_once(copy):
    ready(copy)
    (copy / dev.RUN_LOCK).write_text("# berubah\n")
    assert "Menyiapkan" in ready(copy)
    assert ready(copy) == ""


def test_what_developers_need_holds_what_users_need(copy):
    ready(copy)
    assert "Menyiapkan" in ready(copy, "--dev")
    assert ready(copy) == ready(copy, "--dev") == ""


def test_a_damaged_stamp_sets_up_again(copy):
    ready(copy)
    stamp_of(copy).write_text('{"python": "3.1')
    assert "Menyiapkan" in ready(copy)
    assert dev.read_stamp(stamp_of(copy)).python


def test_a_failed_installation_stops_with_one_sentence_and_is_tried_again(copy):
    ready(copy)
    good = (copy / dev.RUN_LOCK).read_text()
    (copy / dev.RUN_LOCK).write_text("tidak-ada==1.0 --hash=sha256:" + "0" * 64 + "\n")
    failed = call(copy, "run")
    (copy / dev.RUN_LOCK).write_text(good)
    assert failed.returncode == 2
    assert failed.stderr.splitlines()[-1].startswith("Pustaka tidak dapat dipasang")
    assert "Menyiapkan" in ready(copy)


@pytest.mark.parametrize("stored", ["", "[]", "null", '{"python": "3.11"}', '{"python": "3.11", "locks": 1}', "\x00"])
def test_an_unreadable_stamp_fits_nothing(tmp_path, stored):
    path = tmp_path / "stamp.json"
    path.write_text(stored)
    assert dev.read_stamp(path) == dev.read_stamp(tmp_path / "none") == dev.Stamp("", {}, [])


def test_a_stamp_fits_its_own_python_and_locks_only(tmp_path):
    path = tmp_path / "stamp.json"
    dev.write_stamp(path, dev.Stamp("3.11", {"run": "a", "dev": "b"}, [dev.XCB]))
    stamp = dev.read_stamp(path)
    assert stamp.plugins == [dev.XCB]
    assert dev.fits(stamp, "3.11", {"run": "a"})
    assert dev.fits(stamp, "3.11", {"run": "a", "dev": "b"})
    assert not dev.fits(stamp, "3.12", {"run": "a"})
    assert not dev.fits(stamp, "3.11", {"run": "c"})
    assert not dev.fits(stamp._replace(locks={"run": "a"}), "3.11", {"run": "a", "dev": "b"})


@pytest.mark.skipif(not LINUX, reason="other systems always have a screen")
def test_run_without_a_screen_writes_the_forms_of_the_sample(copy, tmp_path):
    ready(copy)
    done = call(copy, "run", folder=tmp_path)
    sentence, shown = done.stdout.splitlines()
    folder = str(copy / "keluaran")
    assert sentence == f"Komputer ini tidak punya layar, maka formulir rencana contoh ditulis ke {folder}."
    assert json.loads(shown) == [["ekspor", "--contoh", "--semua", "--ke", folder], str(tmp_path)]
    assert done.returncode == 5


@pytest.mark.skipif(not LINUX, reason="names an X server")
def test_run_with_a_screen_opens_the_sample(copy, tmp_path):
    ready(copy)
    done = call(copy, "run", folder=tmp_path, DISPLAY=":9")
    assert json.loads(done.stdout) == [["--contoh"], str(tmp_path)]


def test_run_passes_arguments_folder_and_exit_code_on(copy, tmp_path):
    ready(copy)
    done = call(copy, "run", "rencana baru.db", "--tahun", "2026", folder=tmp_path)
    assert json.loads(done.stdout) == [["rencana baru.db", "--tahun", "2026"], str(tmp_path)]
    assert done.returncode == 3


@pytest.mark.skipif(not LINUX, reason="system libraries are looked for on Linux only")
def test_missing_libraries_are_installed_by_root_and_named_to_others(copy, tmp_path):
    (copy / dev.RUN_LOCK).write_text("# pustaka sistem belum diperiksa\n")
    ready(copy)
    packages = python_of(copy).parent.parent / f"lib/python3.{sys.version_info.minor}/site-packages/PySide6"
    packages.mkdir(exist_ok=True)
    (tmp_path / "ldd.txt").write_text(LDD_OUTPUT)
    write_tool(tmp_path / "bin", "ldd", f"echo ldd >> {tmp_path}/calls; cat {tmp_path}/ldd.txt")
    write_tool(tmp_path / "bin", "apt-get", f'echo "$@" >> {tmp_path}/calls; : > {tmp_path}/ldd.txt')
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = call(copy, "run", DISPLAY=":9", PATH=path)
    again = call(copy, "run", DISPLAY=":9", PATH=path)
    packages.rmdir()
    calls = (tmp_path / "calls").read_text().splitlines()
    if os.geteuid() == 0:
        assert calls[1:3] == ["update -qq", "install -y -qq --no-install-recommends libegl1 libxcb-cursor0"]
        assert calls.count("ldd") == 2  # before and after; the second start reads the stamp
        assert json.loads(again.stdout)[0] == ["--contoh"]
    else:
        assert "sudo apt-get install -y libegl1 libxcb-cursor0" in done.stdout
        assert json.loads(again.stdout.splitlines()[-1])[0][0] == "ekspor"


def test_each_library_that_ldd_misses_is_named_once():
    assert dev.missing_sonames(LDD_OUTPUT) == ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert dev.missing_sonames("\tstatically linked\n") == dev.missing_sonames("") == []


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libGL.so.1", "libgl1"),
        ("libEGL.so.1", "libegl1"),
        ("libGLX.so.0", "libglx0"),
        ("libOpenGL.so.0", "libopengl0"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libSM.so.6", "libsm6"),
        ("libICE.so.6", "libice6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libfreetype.so.6", "libfreetype6"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libgcc_s.so.1", "libgcc-s1"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb.so.1", "libxcb1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-image.so.0", "libxcb-image0"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        ("libxcb-randr.so.0", "libxcb-randr0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxcb-shape.so.0", "libxcb-shape0"),
        ("libxcb-util.so.1", "libxcb-util1"),
        ("libxcb-xinerama.so.0", "libxcb-xinerama0"),
        ("libxcb-xkb.so.1", "libxcb-xkb1"),
        ("libz.so.1", "zlib1g"),
        ("libzstd.so.1", "libzstd1"),
    ],
)
def test_the_package_of_a_library_follows_debians_rule(soname, package):
    assert dev.debian_package(soname) == package


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_what_the_environment_names(platform, environ, expected):
    assert dev.has_screen(platform, environ) is expected


@pytest.mark.skipif(os.name == "nt", reason="Windows finds other Pythons by its launcher")
def test_a_python_too_new_for_qt_gives_way_to_an_older_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="2"):
        dev.base_python((3, dev.NEWEST_MINOR + 1))
    assert capsys.readouterr().err.startswith("Python ini terlalu baru")
    write_tool(tmp_path, "python3.13", "exit 1")
    write_tool(tmp_path, "python3.12", "echo /opt/python3.12")
    assert dev.base_python((3, dev.NEWEST_MINOR + 1)) == ("/opt/python3.12", "3.12")
    assert dev.base_python((3, 11))[1] == "3.11"


@pytest.mark.parametrize("arguments", [(), ("terbang",), ("--dev",)])
def test_an_unknown_command_shows_the_usage_and_exits_2(arguments):
    done = call(ROOT, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: python3 dev.py COMMAND" in done.stderr


def test_help_names_every_command():
    done = call(ROOT, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")} == set(dev.COMMANDS)


def test_setup_refuses_an_argument_that_it_does_not_know(copy):
    assert call(copy, "setup", "--devv").returncode == 2


def test_an_older_python_can_read_the_file_and_gets_to_the_sentence():
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    body = [type(node).__name__ for node in tree.body[1:3]]
    assert body == ["Import", "If"]
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)


def test_dev_py_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in plain | named} <= sys.stdlib_module_names


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
def test_the_check_of_a_commit_can_be_started():
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR


def locked(name):
    """Return {package: (version, hashes)} of a lock; every line must be a package with its version, or a hash."""
    packages, current = {}, None
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        text = line.strip().removesuffix("\\").strip()
        if not text or text.startswith("#"):
            continue
        found = re.fullmatch(r"([\w.-]+)==([\w.!+-]+)(?:\s*;.*)?", text)
        if found:
            current = canonicalize_name(found[1])
            packages[current] = (found[2], [])
        else:
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text), text
            packages[current][1].append(text)
    return packages


def wanted(name):
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-r ")]


@pytest.mark.parametrize("name", [dev.RUN_LOCK, dev.DEV_LOCK])
def test_a_lock_gives_hashes_for_every_package_and_no_address(name):
    assert all(hashes for _, hashes in locked(name).values())
    text = (ROOT / name).read_text(encoding="utf-8").lower()
    assert [word for word in ("http", "index", "file:", "find-links", "@ ") if word in text] == []


@pytest.mark.parametrize(
    ("source", "lock"),
    [("requirements.in", dev.RUN_LOCK), ("requirements.in", dev.DEV_LOCK), ("requirements-dev.in", dev.DEV_LOCK)],
)
def test_a_lock_holds_what_was_asked_for(source, lock):
    packages = locked(lock)
    for requirement in wanted(source):
        version, _ = packages[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_developers_get_the_versions_that_users_get():
    developers = locked(dev.DEV_LOCK)
    assert {name: developers.get(name) for name in locked(dev.RUN_LOCK)} == locked(dev.RUN_LOCK)
