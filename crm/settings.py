"""All settings, read once from the environment (and `.env`)."""

import os
import sys
from pathlib import Path

import environ

from crm import dotenv, listening, secrets, vectors, waking
from crm.accounts.options import *  # noqa: F403
from crm.ai import options as thinking
from crm.credits import options as giving
from crm.keys.options import system_keys as own_keys
from crm.mail import server as mail_server
from crm.outside import options
from crm.postgres import cluster
from crm.wiring import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
for name, value in dotenv.read(BASE_DIR / ".env").items():
    os.environ.setdefault(name, value)

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data")))
SECRET_KEY = env("SECRET_KEY", default="") or secrets.kept(DATA_DIR / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
HOST = listening.host(env("HOST", default=""))
PORT = listening.number("PORT", env("PORT", default=""), default=8000, most=65_535)
LOCAL = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[*LOCAL, listening.bracketed(HOST)])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)
# What links in e-mails begin with.
BASE_URL = listening.base_url(env("BASE_URL", default=""), host=HOST, port=PORT)

# Database --------------------------------------------------------------------------------------
# crm_owner owns the schema and migrates; crm_app does everything else.
IS_OWNER = os.environ.get("DATABASE_ROLE") == "owner"
EMBEDDED = not env("DATABASE_URL", default="")
if EMBEDDED:
    server = cluster.Cluster(DATA_DIR)
    app_database = server.django("crm_app")
    owner_database = server.django("crm_owner")
else:
    app_database = env.db_url("DATABASE_URL")
    owner_database = env.db_url("DATABASE_OWNER_URL", default=env("DATABASE_URL"))
DATABASES = {"default": owner_database if IS_OWNER else app_database}
# Migrations grant the app's role what it needs.
APP_ROLE = app_database["USER"]
# A server that was away leaves dead connections behind. The pool does not survive the forks of the
# worker's cluster; a connection made anew for each task would learn all tables and plans anew.
DATABASES["default"] |= {"CONN_MAX_AGE": 60 * ("runworker" in sys.argv), "CONN_HEALTH_CHECKS": True}
if "gunicorn" in Path(sys.argv[0]).name:
    pool = {"min_size": 1, "max_size": 8, "timeout": 5}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {"pool": pool}
    # The web processes' figures add up here; it must be said before prometheus_client is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str((DATA_DIR / "metrics").absolute())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "crm.adminsite.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_q",
    "guardian",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "lucide",
    "crm.look",
    "crm.tenants",
    "crm.ledger",
    "crm.trail",
    "crm.work",
    "crm.running",
    "crm.mail",
    "crm.notices",
    "crm.places",
    "crm.registers",
    "crm.pipeline",
    "crm.founding",
    "crm.accounts",
    "crm.joining",
    "crm.support",
    "crm.outside",
    *("crm.credits", "crm.keys"),
    *("enrichment.emails", "enrichment.phones", "enrichment.lookups"),
    *("leads", "leads.vectors", "campaigns"),
]
AUTH_USER_MODEL = "tenants.User"
ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crm.packing.Packing",
    "crm.metrics.pages.PageTimes",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crm.accounts.middleware.AccountsMiddleware",
    "crm.support.middleware.SupportMiddleware",
    "crm.tenants.middleware.TenantMiddleware",
    "crm.tenants.drawn.DrawnFor",
    "crm.trail.refusals.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.shell.shell",
                "crm.support.banner.banner",
            ],
        },
    },
]

# People ----------------------------------------------------------------------------------------
LOGIN_URL = "tenants:sign_in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "tenants:sign_in"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# Nobody is somebody here: what is shared is shared with a person or a team.
ANONYMOUS_USER_NAME = None

# Language, time, files -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
# Only for dates and times: by the clock of 24 hours.
FORMAT_MODULE_PATH = "crm.look.languages"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("STATIC_MANIFEST", default=not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Forms are small; files that come with them are bounded, too.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "crm.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "crm.accounts.refused.refuse"
# Former values of SECRET_KEY: what they signed or sealed is still known.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",
    "axes.W003",
    *([] if HTTPS else ["security.W004", "security.W008"]),
]

# E-mail ----------------------------------------------------------------------------------------
# Without a server letters become files in the folder.
MAIL_SERVER = mail_server.read(env("EMAIL_URL", default=""))
MAIL_FROM = mail_server.sender(env("MAIL_FROM", default=""), MAIL_SERVER)
MAIL_FOLDER = DATA_DIR / "mail"

# Work ------------------------------------------------------------------------------------------
WORKERS = listening.number("WORKERS", env("WORKERS", default=""), default=2, most=64)
Q_BROKER = waking.broker(env("Q_BROKER", default=""))
REDIS_URL = waking.redis_url(env("REDIS_URL", default="")) if Q_BROKER == "redis" else ""
# A django-q2 task is only a wake-up; what must be done stands in our own rows. Hence nothing is
# kept of a task, and it is acknowledged even when it fails.
Q_CLUSTER = {
    "name": "crm",
    "orm": "default",
    "broker_class": waking.BROKERS[Q_BROKER],
    "workers": WORKERS,
    "timeout": 360,
    "retry": 480,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "queue_limit": 2,
    "bulk": 1,
    "poll": 0.2,
    "guard_cycle": 1,
    "catch_up": False,
    "recycle": 500,
    "max_rss": 400_000,
}
# The audit trail -------------------------------------------------------------------------------
# How many months entries are kept; 0 keeps them for ever. They hold names, addresses and who looked
# at whom, which are personal data: three years cover a long sale and what may be asked about it.
# Unset, what the database was told before stays, since months that are dropped don't come back.
AUDIT_KEEP_MONTHS_SAID = bool(env("AUDIT_KEEP_MONTHS", default="").strip())
AUDIT_KEEP_MONTHS = listening.number(
    "AUDIT_KEEP_MONTHS",
    env("AUDIT_KEEP_MONTHS", default=""),
    default=36,
    least=0,
    most=1200,
)

# Services outside ------------------------------------------------------------------------------
# Where each vendor answers; other servers that speak like one of them can be named instead.
OPENAI_BASE_URL = options.base_url("OPENAI_BASE_URL", env("OPENAI_BASE_URL", default=""))
(COMPANIES_HOUSE_URL, COMPANIES_HOUSE_DOCUMENTS_URL, GOOGLE_PLACES_URL, APOLLO_URL, HUNTER_URL,
 ZEROBOUNCE_URL, TWILIO_URL, CLEARBIT_URL) = (
    options.base_url(name, env(name, default="")) for name in list(options.VENDORS)[1:]
)  # fmt: skip
# For tests and simulated vendors alone: a file that stands for DNS, private places that may be
# called all the same ("host:port"), and how many times faster than ours the vendors' clock runs.
HTTP_NAMES = env("HTTP_NAMES", default="").strip()
DNS_SERVER = options.dns_server(env("DNS_SERVER", default=""))
HTTP_ALLOWED = options.allowed(env.list("HTTP_ALLOWED", default=[]))
VENDOR_CLOCK = options.speed(env("VENDOR_CLOCK", default=""))
SIMULATED_VENDORS = env.bool("SIMULATED_VENDORS", default=False)
# The installation's own keys, for companies that have none of theirs.
(OPENAI_API_KEY, COMPANIES_HOUSE_KEY, GOOGLE_PLACES_KEY, APOLLO_KEY, HUNTER_KEY, ZEROBOUNCE_KEY,
 TWILIO_KEY, CLEARBIT_KEY) = own_keys(env)  # fmt: skip
# Models come and go: whether this one is still listed, and until when, is asked every day. The rest
# is what one question may take.
OPENAI_MODEL = thinking.model(env("OPENAI_MODEL", default=""))
OPENAI_EFFORT = thinking.effort(env("OPENAI_EFFORT", default=""))
OPENAI_MAX_OUTPUT_TOKENS = thinking.max_output_tokens(env("OPENAI_MAX_OUTPUT_TOKENS", default=""))
OPENAI_DEADLINE_SECONDS = thinking.deadline_seconds(env("OPENAI_DEADLINE_SECONDS", default=""))
OPENAI_MAX_TOOL_CALLS = thinking.max_tool_calls(env("OPENAI_MAX_TOOL_CALLS", default=""))
OPENAI_EMBEDDING_MODEL, VECTORS, QDRANT_URL = vectors.read(env)  # of texts, for closeness

# Credits ---------------------------------------------------------------------------------------
CREDITS_AT_START = giving.at_start(env("CREDITS_AT_START", default=""))
CREDITS_MONTHLY_MOST = giving.monthly_most(env("CREDITS_MONTHLY_MOST", default=""))

# Watching --------------------------------------------------------------------------------------
# Whoever asks for /metrics must know it; unset, there is no such page.
METRICS_TOKEN = env("METRICS_TOKEN", default="").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django-q": {"level": "WARNING"},
        # What it tells stands in the audit trail.
        "axes": {"level": "ERROR"},
        # Its lines hold whole addresses; the door writes lines of its own.
        "urllib3": {"level": "ERROR"},
        # Theirs would hold what a model is asked.
        "openai": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        # Otherwise each form that was refused (422) is a warning.
        "django.request": {"level": "ERROR"},
    },
}
