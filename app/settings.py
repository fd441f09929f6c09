"""Everything an operator can choose, read once from the environment and never changed."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.workflow.retries import RETRY_SECONDS

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
FEWEST_DIFFERENT_SIGNS = 9
FIELD_KEY_BYTES = 32
SHORTEST_WEBHOOK_KEY_BYTES = 24
WEBHOOK_KEY_PREFIX = "whsec_"


class UnusableSettings(Exception):
    """The service must not start like this; `reasons` holds one sentence per setting."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class Settings(BaseSettings):
    """One frozen set of choices; every name is read as PORTAL_<NAME> (the database also as
    DATABASE_URL). Durations are seconds.
    """

    model_config = SettingsConfigDict(
        env_prefix="PORTAL_",
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
    )

    mode: Literal["demo", "production"] = "demo"
    database_url: str = Field(
        default="",
        repr=False,
        validation_alias=AliasChoices("DATABASE_URL", "PORTAL_DATABASE_URL"),
        description="postgresql://…; empty means the embedded server under var/",
    )
    var_folder: Path = PROJECT_FOLDER / "var"

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = Field(default="", description="where browsers reach us, without a last slash")
    web_processes: int = Field(default=1, ge=1, le=64)
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="whose X-Forwarded-* lines are believed, comma separated",
    )

    sandbox_host: str = "127.0.0.1"
    sandbox_port: int = Field(default=8001, ge=1, le=65535)
    sandbox_url: str = Field(default="", description="where the sandbox that plays departments is")
    sandbox_speed: float = Field(default=1.0, ge=0, le=1000)
    department_urls: dict[str, str] = Field(
        default_factory=dict, description="authority id -> base address of its system"
    )
    department_keys: dict[str, str] = Field(
        default_factory=dict,
        repr=False,
        description="authority id -> webhook secret, whsec_…",
    )

    secret_key: str = Field(default="", repr=False, description="signs cookies and tokens")
    field_key: str = Field(
        default="",
        repr=False,
        description="base64 of 32 bytes; encrypts sensitive facts",
    )

    oidc_issuer: str = Field(
        default="", description="where people sign in by OpenID Connect; empty in demo mode"
    )
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_id_claim: str = Field(
        default="id_number", description="the claim that holds a resident's ID number"
    )

    pool_size: int = Field(default=8, ge=1, le=64)
    statement_seconds: float = Field(default=15, gt=0)
    lock_seconds: float = Field(default=5, gt=0)
    idle_transaction_seconds: float = Field(default=30, gt=0)
    database_patience_seconds: float = Field(
        default=3,
        ge=0,
        description="how long a new connection waits for a restarting server",
    )

    requests_at_once: int = Field(
        default=128,
        ge=1,
        le=10_000,
        description="per web process; the next one is told to come back",
    )

    partner_calls_per_minute: int = Field(
        default=1200,
        ge=1,
        description="how often one third-party app may call on average",
    )

    worker_concurrency: int = Field(default=32, ge=1, le=1000)
    call_deadline_seconds: float = Field(default=10, gt=0, le=120)
    retry_seconds: tuple[float, ...] = Field(
        default=RETRY_SECONDS,
        description="waits before the next try; after the last one a person takes over",
    )
    calls_at_once: int = Field(
        default=16, ge=1, le=200, description="calls to one authority at once, over all workers"
    )
    sweep_seconds: float = Field(default=60, gt=0)
    sweep_overdue_seconds: float = Field(default=20, ge=0)
    watch_seconds: float = Field(default=600, gt=0)
    rounds_seconds: float = Field(default=10, gt=0)
    lease_margin_seconds: float = Field(
        default=15, gt=0, description="how much longer than a call's deadline a claim lasts"
    )
    longest_rest_seconds: float = Field(
        default=300, ge=0, description="how long a department that keeps failing is left alone"
    )
    callback_wait_seconds: float = Field(
        default=3600,
        gt=0,
        description="after this the worker asks a silent department itself",
    )
    desk_services: dict[str, Literal["desk", "system"]] = Field(
        default_factory=dict,
        description='"service" or "service/county" -> decided at a desk or by the system',
    )

    worker_metrics_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="port on which a worker tells its measures; 0 means nowhere",
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @field_validator("database_url")
    @classmethod
    def _spell_database_url(cls, url: str) -> str:
        scheme, separator, rest = url.partition("://")
        if url and (not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}):
            raise ValueError("must start with postgresql://")
        return f"postgresql://{rest}" if url else ""

    @property
    def is_demo(self) -> bool:
        """Whether demo people, demo sign-in and the sandbox are part of this installation."""
        return self.mode == "demo"

    @property
    def base_url(self) -> str:
        """The address a browser uses, without a last slash."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def sandbox_base_url(self) -> str:
        """The address of the sandbox, without a last slash."""
        return self.sandbox_url.rstrip("/") or f"http://{self.sandbox_host}:{self.sandbox_port}"

    def department_url(self, authority: str) -> str:
        """Base address of an authority's system; in demo mode the sandbox plays it.

        Raises UnusableSettings when production has no address for it.
        """
        if configured := self.department_urls.get(authority):
            return configured.rstrip("/")
        if self.is_demo:
            return f"{self.sandbox_base_url}/{authority}"
        raise UnusableSettings(
            [f"No address is set for {authority}: add it to PORTAL_DEPARTMENT_URLS."]
        )

    def department_key(self, authority: str) -> str:
        """The secret shared with an authority, in the form of Standard Webhooks ("whsec_…").

        In demo mode it is derived from the secret key, the same for every process.
        Raises UnusableSettings when production has none for it.
        """
        if configured := self.department_keys.get(authority):
            return configured
        if self.is_demo:
            return WEBHOOK_KEY_PREFIX + _encoded(self.derived_key(f"department:{authority}"))
        raise UnusableSettings(
            [f"No key is shared with {authority}: add it to PORTAL_DEPARTMENT_KEYS."]
        )

    def derived_key(self, purpose: str) -> bytes:
        """32 bytes that belong to this installation and to this purpose only."""
        return hmac.new(self.secret_key.encode(), purpose.encode(), hashlib.sha256).digest()

    def field_key_bytes(self) -> bytes:
        """The 32 bytes that encrypt sensitive facts."""
        return base64.b64decode(self.field_key)

    def channel_override(self, service: str, county: str) -> Literal["desk", "system"] | None:
        """How a service is done in a county, if the operator says so; the county wins."""
        return self.desk_services.get(f"{service}/{county}") or self.desk_services.get(service)

    def unsafe_choices(self) -> list[str]:
        """One sentence for every choice this mode must not run with; empty when all is well."""
        reasons = _unsafe_demo(self) if self.is_demo else _unsafe_production(self)
        if "*" in self.trusted_proxies:
            reasons.append(
                "PORTAL_TRUSTED_PROXIES must name your proxies: with * anybody could say that they "
                "ask from this machine."
            )
        return reasons

    def refuse_unsafe(self) -> None:
        """Raise UnusableSettings naming every unsafe choice at once."""
        if reasons := self.unsafe_choices():
            raise UnusableSettings(reasons)


def load_settings() -> Settings:
    """The settings of this process, from its environment.

    In demo mode missing keys are made once and kept under var/, readable by their owner only.
    Raises UnusableSettings with a sentence for each choice that cannot be used.
    """
    try:
        settings = Settings()
    except ValidationError as refusal:
        raise UnusableSettings(
            [f"{_variable_of(problem['loc'])}: {problem['msg']}." for problem in refusal.errors()]
        ) from None
    settings = with_demo_keys(settings) if settings.is_demo else settings
    settings.refuse_unsafe()
    return settings


def with_demo_keys(settings: Settings) -> Settings:
    """The same choices with the keys that a demo makes for itself."""
    secret_key = settings.secret_key or _kept_secret(settings.var_folder / "secret-key")
    keyed = settings.model_copy(update={"secret_key": secret_key})
    field_key = settings.field_key or _encoded(keyed.derived_key("fields"))
    return keyed.model_copy(update={"field_key": field_key})


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _unsafe_demo(settings: Settings) -> list[str]:
    reasons = []
    for host, variable in (
        (settings.host, "PORTAL_HOST"),
        (settings.sandbox_host, "PORTAL_SANDBOX_HOST"),
    ):
        if not is_loopback(host):
            reasons.append(
                f"{variable} is {host}, but demo mode lets anybody sign in as anybody: "
                "keep 127.0.0.1, or set PORTAL_MODE=production."
            )
    if not _is_field_key(settings.field_key):
        reasons.append(_FIELD_KEY_SENTENCE)
    return reasons


def _unsafe_production(settings: Settings) -> list[str]:
    checks = (
        (
            bool(settings.database_url),
            "DATABASE_URL is missing: production needs its own server.",
        ),
        (
            len(settings.secret_key) >= SHORTEST_SECRET
            and len(set(settings.secret_key)) >= FEWEST_DIFFERENT_SIGNS,
            f"PORTAL_SECRET_KEY must be random and at least {SHORTEST_SECRET} characters long.",
        ),
        (_is_field_key(settings.field_key), _FIELD_KEY_SENTENCE),
        (
            urlsplit(settings.public_url).scheme == "https",
            "PORTAL_PUBLIC_URL must be the https:// address that browsers use.",
        ),
        (
            urlsplit(settings.oidc_issuer).scheme == "https",
            "PORTAL_OIDC_ISSUER must be the https:// address of the identity service; without it "
            "nobody can sign in.",
        ),
        (
            not settings.sandbox_url,
            "PORTAL_SANDBOX_URL is set: the sandbox plays departments in demo mode only.",
        ),
    )
    reasons = [sentence for holds, sentence in checks if not holds]
    reasons += [
        f"PORTAL_DEPARTMENT_URLS: the address of {authority} must start with https://."
        for authority, url in settings.department_urls.items()
        if urlsplit(url).scheme != "https"
    ]
    reasons += [
        f"PORTAL_DEPARTMENT_KEYS: the key of {authority} must be {WEBHOOK_KEY_PREFIX} and "
        f"base64 of at least {SHORTEST_WEBHOOK_KEY_BYTES} bytes."
        for authority, key in settings.department_keys.items()
        if not _is_webhook_key(key)
    ]
    reasons += [
        f"PORTAL_DEPARTMENT_KEYS has no key for {authority}, which has an address."
        for authority in settings.department_urls
        if authority not in settings.department_keys
    ]
    return reasons


_FIELD_KEY_SENTENCE = "PORTAL_FIELD_KEY must be base64 of 32 random bytes."


def _is_field_key(text: str) -> bool:
    return (
        len(_decoded(text)) == FIELD_KEY_BYTES
        and len(set(_decoded(text))) >= FEWEST_DIFFERENT_SIGNS
    )


def _is_webhook_key(text: str) -> bool:
    return (
        text.startswith(WEBHOOK_KEY_PREFIX)
        and len(_decoded(text.removeprefix(WEBHOOK_KEY_PREFIX))) >= SHORTEST_WEBHOOK_KEY_BYTES
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _variable_of(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "?"
    return name if name.isupper() else f"PORTAL_{name.upper()}"


def _kept_secret(path: Path) -> str:
    """The secret in the file; two processes that start together end with the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    return path.read_text().strip()
