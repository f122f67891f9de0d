"""What every mapping has in common: names of constraints, column types, and whether events witness the rows."""

from typing import Any, ClassVar

from sqlalchemy import JSON, MetaData, String
from sqlalchemy.orm import DeclarativeBase

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ID = String(36)
HASH = String(64)
MOMENT = String(27)


class Base(DeclarativeBase):
    """The root of all mappings."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[Any]: JSON, dict[str, Any]: JSON}


class Audited(Base):
    """Rows whose every state is witnessed by the event that made it."""

    __abstract__ = True
