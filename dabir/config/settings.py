"""Settings of one installation. What may differ between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dabir.config.databases import database_settings
from dabir.config.home import home_folder, secret

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent
HOME = home_folder()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)


def flag(name: str, default: bool) -> bool:
    """A yes-or-no setting of the environment."""
    return os.environ.get(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


DEBUG = flag("DABIR_DEBUG", False)
SECRET_KEY = os.environ.get("DABIR_SECRET_KEY") or secret("django")
DIGEST_KEY = os.environ.get("DABIR_DIGEST_KEY") or secret("digest")
ADDRESS = os.environ.get("DABIR_ADDRESS", "")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("DABIR_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS.startswith("https://") else []
SECURE = ADDRESS.startswith("https://")
# How many web servers of ours stand before us, each adding to X-Forwarded-For by whom it was asked.
PROXIES = int(os.environ.get("DABIR_PROXIES", "1" if SECURE else "0"))

INSTALLED_APPS = [
    "dabir.office",
    "dabir.website",
    "dabir.intake",
    "dabir.readers",
    "dabir.editorial",
    "dabir.decisions",
    "dabir.meetings",
    "dabir.organs",
    "dabir.membership",
    "dabir.messaging",
    "dabir.documents",
    "dabir.statutes",
    "dabir.registry",
    "dabir.accounts",
    "dabir.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    # Editorial pages. The order matters: the admin's own set-up comes last and takes its letters back.
    "wagtail.contrib.simple_translation",
    "dabir.editorial.apps.NoAccountsConfig",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "dabir.editorial.apps.QuietAdminConfig",
    "wagtail",
    "taggit",
]

MIDDLEWARE = [
    "dabir.core.kept.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "dabir.core.middleware.SafetyHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dabir.core.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dabir.core.middleware.HarmlessAddressMiddleware",
    "dabir.core.middleware.FirstDayMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "dabir.accounts.middleware.SecondFactorMiddleware",
    "dabir.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "dabir.config.urls"
WSGI_APPLICATION = "dabir.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dabir.office.context.office_context",
                "dabir.website.pages.public_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "dabir.core.templatetags.quick",
                "dabir.core.templatetags.alike",
            ],
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL"), HOME / "dabir.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _cache(name: str, most: int) -> dict[str, Any]:
    """A cache of its own, so that what fills one leaves the other alone."""
    if address := os.environ.get("DABIR_CACHE"):
        backend = "django.core.cache.backends.redis.RedisCache"
        return {"BACKEND": backend, "LOCATION": address, "KEY_PREFIX": name}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache" / name if name else HOME / "cache"),
        "OPTIONS": {"MAX_ENTRIES": most},
    }


# `requests` counts what strangers ask, address by address; the tries to sign in are in the first.
CACHES = {"default": _cache("", 1000), "requests": _cache("requests", 2000)}
SESSION_ENGINE = "dabir.accounts.sessions"

# Accounts: one front door, second factor by TOTP or passkey.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:desk"
ACCOUNT_ADAPTER = "dabir.accounts.adapter.FrontDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "first_run": "10/m/ip,30/h/ip",
    "accept_invitation": "20/m/ip",
    "prove_address": "20/m/ip",
    "write_to_us": "5/10m/ip,30/d/ip",
    "newsletter": "5/10m/ip,30/d/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_ADAPTER = "dabir.accounts.factors.SecondFactor"
MFA_TOTP_ISSUER = "Dabir"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones' clocks differ

# Languages: Persian and English are equal; others are data.
LANGUAGE_CODE = "en"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("DABIR_TIME_ZONE", "Asia/Tehran")
LANGUAGE_COOKIE_HTTPONLY = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Pictures made smaller for pages: made again when they are missing, so no backup needs them.
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "renditions"), "base_url": "/pictures/"},
    },
}
WHITENOISE_MAX_AGE = 3600

# Work done later: `default` runs at once, `slow` waits for a worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "slow": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# Letters wait in the outbox until they are printed, copied or sent by a mail server.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("DABIR_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("DABIR_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("DABIR_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DABIR_MAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("DABIR_MAIL_TLS", True)
DEFAULT_FROM_EMAIL = os.environ.get("DABIR_MAIL_FROM", "")

# How long what a reader of the website wrote is kept after it was answered or closed.
KEEP_ENQUIRIES_DAYS = int(os.environ.get("DABIR_KEEP_ENQUIRIES_DAYS", "365"))
# How long an address that asked for the newsletter may stay unconfirmed.
KEEP_UNCONFIRMED_DAYS = int(os.environ.get("DABIR_KEEP_UNCONFIRMED_DAYS", "14"))
# What programs are told of the data by the read API, and how often one address may ask in a minute.
DATA_LICENCE = os.environ.get("DABIR_DATA_LICENCE", "")
DATA_LICENCE_URL = os.environ.get("DABIR_DATA_LICENCE_URL", "")
API_LIMIT = int(os.environ.get("DABIR_API_LIMIT", "240"))

# Safety.
UPLOAD_LIMIT = 50 * 1024 * 1024
READINGS = os.environ.get(
    "DABIR_READINGS", str(HOME / "cache" / "readings")
)  # see dabir/intake/machine.py
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Where a weakness is told of, for security.txt: mailto:, https:// or tel:, divided by spaces.
SECURITY_CONTACTS = os.environ.get("DABIR_SECURITY_CONTACT", "").split()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# Editorial pages: Wagtail, behind the house's own door, and it asks no other host for anything.
WAGTAIL_SITE_NAME = "Dabir"
WAGTAILADMIN_BASE_URL = ADDRESS or "http://localhost"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "editorial.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dabir.editorial.forms.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "editorial.Paper"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "dabir.editorial.forms.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
