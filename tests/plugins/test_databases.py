"""About the databases of the tests: migrated, copied, and fresh again after a test that commits."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase
from wagtail.models import Page


@pytest.mark.django_db
def test_copy_has_every_migration() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_copy_knows_every_model() -> None:
    known = set(ContentType.objects.values_list("app_label", "model"))
    assert {(m._meta.app_label, m._meta.model_name) for m in apps.get_models()} <= known


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_after_renewal(database_template) -> None:
    before = ContentType.objects.count()
    ContentType.objects.create(app_label="left", model="behind")
    connection.close()
    assert ContentType.objects.count() == before + 1
    connection.close()
    database_template.renew(connection.settings_dict)
    assert ContentType.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_what_follows_a_committing_test_is_a_copy_and_no_emptied_database() -> None:
    pages = Page.objects.count()  # laid by migrations: emptying would take them away
    ContentType.objects.create(app_label="left", model="behind")
    TransactionTestCase()._fixture_teardown()
    assert not ContentType.objects.filter(app_label="left").exists()
    assert Page.objects.count() == pages > 0


@pytest.mark.django_db
def test_sqlite_writes_ahead_as_in_production() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a matter of SQLite")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
