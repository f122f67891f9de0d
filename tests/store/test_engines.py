"""Engines of the program: a reader and a writer, of one archive or of two, share what SQLAlchemy compiled."""

from office import Office
from sqlalchemy import select
from sqlalchemy.engine.interfaces import CacheStats

from desktop_app.store.dialects.sqlite import make_engine
from desktop_app.store.models import PersonRow


def test_a_statement_is_compiled_once_for_all_engines(office: Office) -> None:
    asked = select(PersonRow.name).where(PersonRow.name == "LI Wei")
    hits = []
    for read_only in (True, False):
        engine = make_engine(office.desk.archive.database, read_only=read_only)
        with engine.connect() as connection:
            answer = connection.execute(asked)
            assert answer.scalars().all() == ["LI Wei"]
            hits.append(answer.context.cache_hit)
        engine.dispose()
    assert hits[-1] is CacheStats.CACHE_HIT
