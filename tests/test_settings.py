"""Settings come from the environment, say what is wrong with them, and keep the password to themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.settings import GraphSettings, InvalidSettings, load_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in GraphSettings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_without_a_uri_the_embedded_server_is_used() -> None:
    settings = load_settings()
    assert settings.remote is None
    assert (settings.bolt_port, settings.http_port) == (7687, 7474)
    assert settings.data_dir.is_absolute()
    assert settings.data_dir.name == "huitu"


def test_a_uri_names_the_users_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://db.example:7687")
    monkeypatch.setenv("NEO4J_USERNAME", "analyst")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-shown")
    monkeypatch.setenv("NEO4J_DATABASE", "news")
    remote = load_settings().remote
    assert remote is not None
    assert (remote.uri, remote.username, remote.password, remote.database) == (
        "neo4j+s://db.example:7687",
        "analyst",
        "not-shown",
        "news",
    )


def test_without_a_database_the_users_home_database_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-shown")
    remote = load_settings().remote
    assert remote is not None
    assert remote.database is None


def test_the_password_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-shown")
    settings = load_settings()
    for shown in (repr(settings), str(settings), repr(settings.remote), str(settings.remote)):
        assert "not-shown" not in shown


def test_empty_variables_are_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    monkeypatch.setenv("HUITU_BOLT_PORT", "")
    settings = load_settings()
    assert settings.uri is None
    assert settings.bolt_port == 7687


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"NEO4J_URI": "http://db.example", "NEO4J_PASSWORD": "x"}, "NEO4J_URI"),
        ({"NEO4J_URI": "bolt://db.example"}, "NEO4J_PASSWORD"),
        ({"HUITU_BOLT_PORT": "70000"}, "HUITU_BOLT_PORT"),
        ({"HUITU_HTTP_PORT": "bolt"}, "HUITU_HTTP_PORT"),
        ({"HUITU_BOLT_PORT": "9000", "HUITU_HTTP_PORT": "9000"}, "HUITU_HTTP_PORT"),
        ({"HUITU_MEMORY_MIB": "100"}, "HUITU_MEMORY_MIB"),
        ({"HUITU_START_TIMEOUT_S": "0"}, "HUITU_START_TIMEOUT_S"),
        ({"HUITU_JAVA_OPTIONS": "-Xss2m bare"}, "HUITU_JAVA_OPTIONS"),
        ({"HUITU_JAVA_OPTIONS": "-Dname='open"}, "HUITU_JAVA_OPTIONS"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings) as caught:
        load_settings()
    assert named in caught.value.message
    assert caught.value.exit_code == 2


def test_a_wrong_password_setting_is_not_repeated_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "ftp://db.example")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-shown")
    with pytest.raises(InvalidSettings) as caught:
        load_settings()
    assert "not-shown" not in str(caught.value)


def test_two_free_ports_may_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUITU_BOLT_PORT", "0")
    monkeypatch.setenv("HUITU_HTTP_PORT", "0")
    assert load_settings().bolt_port == load_settings().http_port == 0


def test_what_is_given_takes_the_place_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUITU_DATA_DIR", "/nowhere")
    monkeypatch.setenv("HUITU_BOLT_PORT", "9001")
    settings = load_settings(data_dir=tmp_path)
    assert settings.data_dir == tmp_path
    assert settings.bolt_port == 9001


def test_every_setting_has_a_variable_and_a_description() -> None:
    for name, field in GraphSettings.model_fields.items():
        assert str(field.validation_alias).startswith(("NEO4J_", "HUITU_")), name
        assert field.description, name
