"""The roles and the database of a new cluster."""

import psycopg
from psycopg import sql

OWNER = "crm_owner"
APP = "crm_app"
DATABASE = "crm"
# In template1 too, so that every later database has them.
EXTENSIONS = ("pg_trgm", "unaccent", "citext", "btree_gin", "btree_gist")
# Made where the programs have it: only a superuser may, which no role of ours is.
WHERE_THERE = "vector"
# What a cluster that was made ready has, so that an older one is made ready once more.
READY = " ".join((*EXTENSIONS, WHERE_THERE))


def prepare(socket_folder: str) -> None:
    """Create what is missing; safe to repeat after having been interrupted."""
    with _superuser(socket_folder, "template1") as connection:
        for name in EXTENSIONS:
            _extension(connection, name)
        _extension_where_there(connection)
        for role in (OWNER, APP):
            known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if not connection.execute(known, [role]).fetchone():
                statement = "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
                connection.execute(sql.SQL(statement).format(sql.Identifier(role)))
    # Not from inside template1, which it copies.
    with _superuser(socket_folder, "postgres") as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(known, [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
    # Of one that is older than what template1 has by now.
    with _superuser(socket_folder, DATABASE) as connection:
        _extension_where_there(connection)


def _superuser(socket_folder: str, database: str) -> psycopg.Connection:
    return psycopg.connect(host=socket_folder, user="postgres", dbname=database, autocommit=True)


def _extension(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def _extension_where_there(connection: psycopg.Connection) -> None:
    offered = "SELECT 1 FROM pg_available_extensions WHERE name = %s"
    if connection.execute(offered, [WHERE_THERE]).fetchone():
        _extension(connection, WHERE_THERE)
