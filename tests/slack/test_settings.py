"""Settings: what is missing or malformed is named in one line, and secrets stay out of sight."""

import pytest
from cryptography.fernet import Fernet

from bot.settings import BadSettings, load_settings

TOKEN, APP_TOKEN, SECRET = "xoxb-1-secret", "xapp-1-secret", "signing-secret"
KEY = Fernet.generate_key().decode()
ONE = {"SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": TOKEN}
MANY = {
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-secret",
    "COMPAREBOT_ENCRYPTION_KEY": KEY,
}


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    """Put settings into the environment."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("settings", [ONE, MANY], ids=["one workspace", "many workspaces"])
@pytest.mark.usefixtures("no_settings")
def test_every_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]) -> None:
    for missing in settings:
        with monkeypatch.context() as patched:
            set_all(patched, {name: value for name, value in settings.items() if name != missing})
            with pytest.raises(BadSettings, match=missing) as error:
                load_settings().checked(socket=False)
            assert "\n" not in str(error.value)
    set_all(monkeypatch, settings)
    assert load_settings().checked(socket=False).is_one_workspace == ("SLACK_BOT_TOKEN" in settings)


@pytest.mark.usefixtures("no_settings")
def test_socket_mode_needs_both_tokens_and_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSettings, match="SLACK_APP_TOKEN"):
        load_settings().checked(socket=True)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN"):
        load_settings().checked(socket=True)
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    load_settings().checked(socket=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-a-user-token"),
        ("SLACK_APP_TOKEN", "xoxb-mixed-up"),
        ("SLACK_API_URL", "slack.com/api"),
        ("COMPAREBOT_COMMAND", "compare-models"),
        ("COMPAREBOT_COMMAND", "/Compare Models"),
        ("COMPAREBOT_LOG", "xml"),
        ("COMPAREBOT_STATE_URL", "mysql://root:password@db/state"),
        ("COMPAREBOT_ENCRYPTION_KEY", "too-short"),
        pytest.param("COMPAREBOT_ENCRYPTION_KEY", f"{KEY},too-short", id="a-second-key-that-is-too-short"),
    ],
)
@pytest.mark.usefixtures("no_settings")
def test_a_malformed_setting_is_named_but_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name) as error:
        load_settings()
    assert "\n" not in str(error.value)
    assert value not in str(error.value)


@pytest.mark.usefixtures("no_settings")
def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    state = "postgresql://bot:password@db/state"
    set_all(monkeypatch, ONE | MANY | {"SLACK_APP_TOKEN": APP_TOKEN, "COMPAREBOT_STATE_URL": state})
    shown = repr(load_settings()) + str(load_settings())
    assert not [secret for secret in (TOKEN, APP_TOKEN, SECRET, KEY, "client-secret", "password") if secret in shown]


@pytest.mark.usefixtures("no_settings")
def test_keys_for_rotation_come_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    older = Fernet.generate_key().decode()
    monkeypatch.setenv("COMPAREBOT_ENCRYPTION_KEY", f"{KEY}, {older}")
    assert load_settings().encryption_keys == (KEY, older)
