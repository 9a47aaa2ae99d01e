"""Runs migrations on the database of the settings, or on the connection handed over."""

from alembic import context
from guidance import models  # noqa: F401  every table must be known
from guidance.database import Base, engine_for
from guidance.settings import get_settings


def run(connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    with engine_for(get_settings().database_url).begin() as connection:
        run(connection)
