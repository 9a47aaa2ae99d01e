"""Home of everything the environment may decide."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What may differ between one machine and another; each field carries its own help."""

    model_config = SettingsConfigDict(env_prefix="GUIDANCE_", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'var' / 'klaskompas.sqlite'}",
        validation_alias="DATABASE_URL",
        description="Where pupils' guidance is stored: an SQLAlchemy address, SQLite or PostgreSQL.",
    )
    demo: bool = Field(
        default=False, description="Allow the made-up school, its secrets and the mail outbox page."
    )
    secret: str = Field(default="", description="Signs cookies and tokens; without one nothing starts.")
    engine_url: str = Field(default="http://127.0.0.1:5005", description="Where the Rasa server listens.")
    engine_timeout_seconds: float = Field(
        default=20.0, description="How long a turn may take before the chat says so."
    )
    engine_database: Path = Field(
        default=ROOT / "var" / "engine.sqlite", description="The Rasa server's own store of conversations."
    )
    catalogue_folder: Path = Field(
        default=ROOT / "var" / "catalogue",
        description="Where a refreshed catalogue and its earlier versions are kept.",
    )
    catalogue_url: str = Field(
        default="https://onderwijsdata.duo.nl/api/3/action",
        description="DUO's open data service, which the catalogue is refreshed from.",
    )
    action_server_url: str = Field(
        default="http://127.0.0.1:5055", description="Where the action server listens."
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="The address pupils and deans use.")
    secure_cookies: bool = Field(
        default=False, description="Send cookies over HTTPS only; on behind a real address."
    )
    token_hours: int = Field(default=12, description="How long a conversation token lives, in hours.")
    idle_minutes: int = Field(
        default=15, description="Signed out on a shared device after this long, in minutes."
    )
    messages_per_minute: int = Field(
        default=30, description="Messages one conversation may send in a minute."
    )

    smtp_host: str = Field(default="", description="The mail server; without one mail stays in the outbox.")
    smtp_port: int = Field(default=587, description="The port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the line to the mail server is kept private."
    )
    smtp_username: str = Field(default="", description="Name at the mail server, when it asks for one.")
    smtp_password: str = Field(default="", description="Password at the mail server.")
    mail_from: str = Field(
        default="Klaskompas <klaskompas@localhost>", description="The sender of every mail."
    )
    geocoder: Literal["tables", "pdok"] = Field(
        default="tables",
        validation_alias="GEOCODER",
        description="Where places are looked up: in our own tables, or at PDOK first.",
    )
    pdok_url: str = Field(
        default="https://api.pdok.nl/bzk/locatieserver/search/v3_1",
        description="Where PDOK's Locatieserver is asked, when it is.",
    )

    @property
    def signing_key(self) -> bytes:
        """Return what signs forms and personal codes; nothing is signed with an empty secret."""
        if not self.secret:
            raise ValueError("GUIDANCE_SECRET is required")
        return self.secret.encode()


@cache
def get_settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
