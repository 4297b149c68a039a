"""The settings of a test run: the product's own, with a folder that is thrown away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Nothing of the developer's own installation may be read or written by a test.
for name in [name for name in os.environ if name.startswith("DABIR_")]:
    del os.environ[name]
os.environ["DABIR_HOME"] = tempfile.mkdtemp(prefix="dabir-tests-")
# What the machine reads in the same bytes is read once for all tests; CI's legs share it too.
os.environ["DABIR_READINGS"] = str(Path(__file__).parents[1] / ".pytest_cache" / "readings")
# All workers of a run seal and sign with one key, so that what one of them loaded another can read.
(Path(os.environ["DABIR_HOME"]) / "secrets").mkdir(mode=0o700)
for name in ("digest", "django"):
    (Path(os.environ["DABIR_HOME"]) / "secrets" / name).write_text(f"the {name} key of the tests")
atexit.register(shutil.rmtree, os.environ["DABIR_HOME"], ignore_errors=True)
# Playwright keeps an event loop in the tests' own thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from dabir.config.settings import *  # noqa: E402, F403  the folder must be named before this
from dabir.config.settings import (  # noqa: E402  the same
    CACHES,
    DATABASES,
    HOME,
    INSTALLED_APPS,
    MIDDLEWARE,
    STORAGES,
    TEMPLATES,
)
from tests.plugins.templates import NothingUnknown  # noqa: E402  the same

# A file, as in production: the live server's threads write to it beside the test.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

# A page that asks for a name it was not given is a fault.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = NothingUnknown()  # type: ignore[index]  # settings say no types
# An N+1 query on any page is a fault.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_ALLOWLIST = [
    {"model": "core.AuditHead"},  # each act of one request takes its place at the trail's end
    {"model": "core.Counter"},  # and each numbered record its number
    # A service that is built of services locks its record again in each: a lock is not a list.
    {"model": "decisions.*", "field": "get()"},
    {"model": "messaging.*", "field": "get()"},
    {"model": "intake.*", "field": "get()"},
    {"model": "documents.*", "field": "get()"},
    {"model": "documents.Document", "field": "nodes"},  # a clause takes the place after the last
    {"model": "documents.Node", "field": "texts"},
    {"model": "registry.*", "field": "get()"},
    {
        "model": "wagtailcore.*"
    },  # Wagtail's own admin; what strangers ask is counted in tests/editorial
    {"model": "editorial.*"},  # pictures are made smaller one by one, once
    {"model": "contenttypes.ContentType"},  # kept by Django after the first time it is asked
    {"model": "sessions.Session"},  # Django's own: a sign-in renews the session
]

# Quick where slowness is the point in production, and no `collectstatic` before a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One memory for all of them: a test that clears what was counted clears everything.
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in CACHES}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
