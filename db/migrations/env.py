"""Alembic's environment: runs on the connection that the store hands in, in the store's own transaction."""

from alembic import context

from desktop_app.store.dialects.sqlite_search import is_full_text
from desktop_app.store.models import Base


def _skip_full_text(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Leave the tables of the full-text index to the dialect module."""
    return not (kind == "table" and name is not None and is_full_text(name))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=_skip_full_text,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
