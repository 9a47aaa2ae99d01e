"""Brings the database to the newest schema: `python -m commands.migrate`."""

from alembic.config import main

if __name__ == "__main__":
    main(["upgrade", "head"])
