"""Long tests collect garbage as they go."""

import pytest


@pytest.fixture(autouse=True)
def as_they_go(collecting: None) -> None:
    """See `collecting`."""
