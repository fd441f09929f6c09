"""What an operator can choose, and what the portal refuses to run with."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.settings import Settings, UnusableSettings, load_settings, with_demo_keys

FIELD_KEY = base64.b64encode(bytes(range(32))).decode()
WEBHOOK_KEY = "whsec_" + base64.b64encode(bytes(range(24))).decode()


@pytest.fixture(autouse=True)
def no_choices(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PORTAL_VAR_FOLDER", str(tmp_path))


def production(**choices: object) -> Settings:
    safe: dict[str, object] = {
        "mode": "production",
        "database_url": "postgresql://db/portal",
        "secret_key": "qwertyuiopasdfghjklzxcvbnm123456",
        "field_key": FIELD_KEY,
        "public_url": "https://portal.example",
        "department_urls": {"health": "https://health.example"},
        "department_keys": {"health": WEBHOOK_KEY},
        "oidc_issuer": "https://id.example",
    }
    return Settings(**(safe | choices))


def test_a_demo_needs_no_choice_at_all():
    settings = load_settings()
    assert settings.is_demo
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.department_url("health") == "http://127.0.0.1:8001/health"
    assert len(settings.field_key_bytes()) == 32


def test_the_demo_keeps_its_secret_to_its_owner(tmp_path):
    first, second = load_settings(), load_settings()
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_processes_that_start_together_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(8) as together:
        made = list(together.map(lambda _: with_demo_keys(Settings()).secret_key, range(8)))
    assert len(set(made)) == 1


def test_every_authority_has_its_own_demo_key_for_standard_webhooks():
    settings = load_settings()
    keys = {settings.department_key(authority) for authority in ("health", "police")}
    assert len(keys) == 2
    assert all(len(base64.b64decode(key.removeprefix("whsec_"))) == 32 for key in keys)


def test_safe_production_settings_are_accepted():
    production().refuse_unsafe()


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"database_url": ""}, "DATABASE_URL is missing"),
        ({"secret_key": "short"}, "PORTAL_SECRET_KEY must be random"),
        ({"secret_key": "a" * 40}, "PORTAL_SECRET_KEY must be random"),
        ({"field_key": ""}, "PORTAL_FIELD_KEY must be base64"),
        ({"field_key": base64.b64encode(bytes(32)).decode()}, "PORTAL_FIELD_KEY must be base64"),
        ({"public_url": "http://portal.example"}, "PORTAL_PUBLIC_URL must be the https"),
        ({"sandbox_url": "http://127.0.0.1:8001"}, "PORTAL_SANDBOX_URL is set"),
        ({"department_urls": {"health": "http://h"}}, "address of health must start with https"),
        ({"department_keys": {"health": "whsec_AAAA"}}, "key of health must be whsec_"),
        ({"department_keys": {}}, "no key for health"),
        ({"oidc_issuer": ""}, "PORTAL_OIDC_ISSUER must be the https"),
        ({"oidc_issuer": "http://id.example"}, "PORTAL_OIDC_ISSUER must be the https"),
        ({"trusted_proxies": "*"}, "PORTAL_TRUSTED_PROXIES must name"),
        ({"trusted_proxies": "10.0.0.1, *"}, "PORTAL_TRUSTED_PROXIES must name"),
    ],
)
def test_production_refuses_each_unsafe_choice_in_a_sentence(choice, sentence):
    reasons = production(**choice).unsafe_choices()
    assert len(reasons) == 1
    assert sentence in reasons[0]


def test_all_unsafe_choices_are_named_at_once(monkeypatch):
    monkeypatch.setenv("PORTAL_MODE", "production")
    with pytest.raises(UnusableSettings) as refusal:
        load_settings()
    assert len(refusal.value.reasons) == 5


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "portal.example"])  # noqa: S104
def test_a_demo_is_for_this_machine_only(host, monkeypatch):
    monkeypatch.setenv("PORTAL_HOST", host)
    with pytest.raises(UnusableSettings, match="anybody sign in as anybody"):
        load_settings()


def test_a_demo_believes_only_proxies_that_are_named(monkeypatch):
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", "*")
    with pytest.raises(UnusableSettings, match="PORTAL_TRUSTED_PROXIES must name"):
        load_settings()


def test_a_mistyped_choice_is_a_sentence_without_its_value(monkeypatch):
    monkeypatch.setenv("PORTAL_PORT", "80a0")
    with pytest.raises(UnusableSettings) as refusal:
        load_settings()
    assert refusal.value.reasons[0].startswith("PORTAL_PORT: ")
    assert "80a0" not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_spelling_of_the_database_is_understood(scheme):
    assert Settings(database_url=f"{scheme}://db/portal").database_url == "postgresql://db/portal"


def test_another_kind_of_database_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://somebody:secret@db/portal")
    with pytest.raises(UnusableSettings) as refusal:
        load_settings()
    assert "must start with postgresql://" in refusal.value.reasons[0]
    assert refusal.value.reasons[0].startswith("DATABASE_URL: ")
    assert "secret" not in str(refusal.value)


def test_secrets_are_not_in_the_printed_form():
    shown = repr(production())
    assert FIELD_KEY not in shown
    assert WEBHOOK_KEY not in shown
    assert "postgresql://db" not in shown


def test_a_county_overrides_how_a_service_is_done():
    settings = Settings(desk_services={"enrol": "desk", "enrol/331002": "system"})
    assert settings.channel_override("enrol", "331002") == "system"
    assert settings.channel_override("enrol", "331003") == "desk"
    assert settings.channel_override("other", "331002") is None
