"""The way to the shared test data, which is never committed."""

from collections.abc import Callable
from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """Return the path of shared data; skip the test where it is absent."""

    def find(path: str) -> Path:
        place = _SHARED / path
        if not place.exists():
            pytest.skip("shared data is not here")
        return place

    return find
