"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in two places."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_or_update(
    connection: AsyncConnection,
    table: Table,
    values: Mapping[str, Any],
    update: Mapping[str, ColumnElement[Any]] | None = None,
) -> None:
    """Writes one row; where its primary key is taken, the given update, else all the values, goes over the old row."""
    statement = _insert(connection, table).values(**values)
    keys = [column.name for column in table.primary_key]
    replaced = update or {name: value for name, value in values.items() if name not in keys}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced))


async def insert_if_new(connection: AsyncConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Writes one row unless its primary key is taken; says whether it did. Atomic across processes."""
    result = await connection.execute(_insert(connection, table).values(**values).on_conflict_do_nothing())
    return result.rowcount == 1


def _insert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
