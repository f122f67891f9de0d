"""An office on disk for every test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office
from tampering import furnished, furnished_copy  # noqa: F401 - fixtures

from desktop_app.desk.desk import Desk
from desktop_app.domain.story import Story


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with the office's people, to copy from."""
    folder = tmp_path_factory.mktemp("template") / "archive"
    Office.founded(folder).desk.close()
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Iterator[Office]:
    office = Office.moved(template, tmp_path / "archive")
    yield office
    office.desk.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk


@pytest.fixture
def story(office: Office) -> Story:
    return office.story()
