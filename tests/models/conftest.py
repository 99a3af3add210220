"""A published plan in a folder of its own."""

import shutil

import pytest


@pytest.fixture
def plan(published, tmp_path):
    """As on a stick, or in a folder that several PCs use."""
    path = tmp_path / "bersama" / "rencana.db"
    path.parent.mkdir()
    shutil.copyfile(published(), path)
    return path
