"""What an operator sets, read from the environment or a `.env` file."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from bot.catalog_file import names_of

SLACK_API = "https://slack.com/api/"
FERNET_KEY_CHARACTERS = 44
COMMAND_SHAPE = re.compile(r"/[^\s/A-Z]{1,31}")

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class BadSettings(ValueError):
    """A setting is missing or malformed; the message is one line that names it and never repeats a secret."""


def _named(name: str, default: Any = None) -> Any:
    return Field(default, validation_alias=name)


class Settings(BaseSettings):
    """All settings of the bot; secrets are hidden in its repr."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    signing_secret: SecretStr | None = _named("SLACK_SIGNING_SECRET")
    bot_token: SecretStr | None = _named("SLACK_BOT_TOKEN")
    client_id: Text | None = _named("SLACK_CLIENT_ID")
    client_secret: SecretStr | None = _named("SLACK_CLIENT_SECRET")
    app_token: SecretStr | None = _named("SLACK_APP_TOKEN")
    api_url: Text = _named("SLACK_API_URL", SLACK_API)
    encryption_key: SecretStr | None = _named("COMPAREBOT_ENCRYPTION_KEY")
    catalog: Path | None = _named("COMPAREBOT_CATALOG")
    stated_state_url: SecretStr | None = _named("COMPAREBOT_STATE_URL")
    stated_drops: Text = _named("COMPAREBOT_DROPPED_SOURCES", "")
    command: Text = _named("COMPAREBOT_COMMAND", "/compare")
    log: Literal["text", "json"] = _named("COMPAREBOT_LOG", "text")

    @field_validator("signing_secret", "bot_token", "client_secret", "app_token", "encryption_key", "stated_state_url")
    @classmethod
    def _without_surrounding_space(cls, secret: SecretStr | None) -> SecretStr | None:
        return None if secret is None else SecretStr(secret.get_secret_value().strip())

    @field_validator("bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _starting_with(("xoxb-", "xoxe.xoxb-"), token, "a bot token")

    @field_validator("app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _starting_with(("xapp-",), token, "an app-level token")

    @field_validator("api_url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise ValueError("must start with https://")
        return url if url.endswith("/") else url + "/"

    @field_validator("command")
    @classmethod
    def _is_command(cls, command: str) -> str:
        if COMMAND_SHAPE.fullmatch(command) is None:
            raise ValueError("must look like /compare: a slash and at most 31 lower-case characters without spaces")
        return command

    @field_validator("stated_state_url")
    @classmethod
    def _is_database_url(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("sqlite", "postgresql")):
            raise ValueError("must be an SQLAlchemy URL that starts with sqlite or postgresql")
        return url

    @field_validator("encryption_key")
    @classmethod
    def _are_fernet_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None and any(len(key) != FERNET_KEY_CHARACTERS for key in _keys(keys)):
            raise ValueError("must be one or more Fernet keys of 44 characters, newest first, separated by commas")
        return keys

    @property
    def state_url(self) -> str:
        """SQLAlchemy URL of the state store; it may hold a password."""
        if self.stated_state_url is not None:
            return self.stated_state_url.get_secret_value()
        folder = Path(platformdirs.user_data_dir("comparebot", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite+aiosqlite:///{folder / 'state.sqlite'}"

    @property
    def dropped_sources(self) -> tuple[str, ...]:
        """The sources that the catalog is made without, such as lmarena."""
        return names_of(self.stated_drops)

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The Fernet keys for tokens at rest, newest first."""
        return () if self.encryption_key is None else _keys(self.encryption_key)

    @property
    def is_one_workspace(self) -> bool:
        """Whether one bot token serves everything; it wins over the OAuth settings."""
        return self.bot_token is not None

    def checked(self, *, socket: bool) -> Self:
        """Return these settings when they suffice to serve; else raise BadSettings naming what is missing."""
        if socket:
            _require("SLACK_APP_TOKEN", self.app_token, "Socket Mode needs the app-level token (xapp-…)")
            _require("SLACK_BOT_TOKEN", self.bot_token, "Socket Mode serves one workspace, with its bot token (xoxb-…)")
            return self
        _require("SLACK_SIGNING_SECRET", self.signing_secret, "it proves that a request comes from Slack")
        if not self.is_one_workspace:
            either = "set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and "
            either += "COMPAREBOT_ENCRYPTION_KEY for many"
            missing = "SLACK_BOT_TOKEN" if self.client_id is None and self.client_secret is None else "SLACK_CLIENT_ID"
            _require(missing, self.client_id, either)
            _require("SLACK_CLIENT_SECRET", self.client_secret, either)
            _require("COMPAREBOT_ENCRYPTION_KEY", self.encryption_key, either)
        return self


def load_settings() -> Settings:
    """Read the settings from the environment, then from `.env`; raise BadSettings for the first malformed one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        raise BadSettings(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from None
    except (SettingsError, UnicodeDecodeError, OSError) as error:
        raise BadSettings(f".env: the settings file cannot be read ({type(error).__name__})") from None


def _starting_with(prefixes: tuple[str, ...], token: SecretStr | None, what: str) -> SecretStr | None:
    if token is not None and not token.get_secret_value().startswith(prefixes):
        raise ValueError(f"must be {what} ({prefixes[0]}…)")
    return token


def _keys(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())


def _require(name: str, value: object, why: str) -> None:
    if value is None:
        raise BadSettings(f"{name} is not set: {why}")
