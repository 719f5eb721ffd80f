"""The audit log with its guard, and the table of the cache that all processes share."""

import django.utils.timezone
from django.core.management import call_command
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts import append_only


def make_log(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.create_model(apps.get_model("accounts", "AuditEntry"))
    append_only.install(schema_editor)


def remove_log(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.remove(schema_editor)


def make_cache_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="tidspunkt")),
                ("action", models.CharField(db_index=True, max_length=30, verbose_name="hændelse")),
                ("actor", models.CharField(blank=True, max_length=150, verbose_name="hvem")),
                ("target", models.CharField(blank=True, max_length=300, verbose_name="hvad")),
                ("detail", models.TextField(blank=True, verbose_name="nærmere")),
            ],
            options={
                "verbose_name": "logpost",
                "verbose_name_plural": "sikkerhedslog",
                "db_table": "accounts_auditentry",
                "ordering": ("-at", "-pk"),
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.RunPython(make_log, remove_log),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
