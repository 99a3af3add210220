"""What the tests stand on: a data folder of their own, the Buleleng plan, and published samples to copy."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dose import is_release
from hypothesis import settings

from services.document import Document
from services.samples import create_from, sample_path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("renaksi", deadline=None, derandomize=not is_release())
settings.load_profile("renaksi")
gc.disable()
GARBAGE = 200_000
"""New objects after which a test is followed by a collection."""


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a figure at the end of the run."""
    return partial(record_property, "figure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that the tests have told, in whichever process they ran."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [value for report in reports for name, value in report.user_properties if name == "figure"]
    if told:
        terminalreporter.section("figures")
        for figure in told:
            terminalreporter.write_line(str(figure))


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected between the tests and in their thread, as the program does it (ui/collector.py says why)."""
    yield
    if gc.get_count()[0] > GARBAGE:
        gc.unfreeze()
        gc.collect()


@pytest.fixture
def collecting() -> Iterator[None]:
    """A test that does thousands of things in one process, without a window, collects as it goes."""
    gc.unfreeze()
    gc.collect()
    gc.enable()
    yield
    gc.disable()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, so that no test touches the user's."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RENAKSI_DATA", str(folder))
    return folder


@pytest.fixture
def buleleng(tmp_path: Path) -> Iterator[Document]:
    """The Buleleng sample, freshly imported and published."""
    with create_from(sample_path(), tmp_path / "buleleng.db") as document:
        yield document


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The published file of a sample, made once; copy it before you change it."""
    folder = tmp_path_factory.mktemp("published")

    def file(name: str = "bone-2023") -> Path:
        path = folder / f"{name}.db"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("RENAKSI_DATA", str(folder / "data"))
                create_from(sample_path(name), path).file.close()
        return path

    return file


@pytest.fixture(scope="session")
def open_copy(published: Callable[[str], Path]) -> Callable[..., AbstractContextManager[Document]]:
    """Open a copy of a sample in a folder of its own; a property may do so once for each example."""

    @contextmanager
    def opened(name: str = "bone-2023") -> Iterator[Document]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "rencana.db"
            shutil.copyfile(published(name), path)
            with Document.open(path) as document:
                yield document

    return opened


@pytest.fixture
def full_disk() -> Callable[[], AbstractContextManager[None]]:
    """A context in which no file can be written, as on a full disk."""
    resource = pytest.importorskip("resource")

    @contextmanager
    def full() -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return full
