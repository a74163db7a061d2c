from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("happened", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor", fields.CharField(max_length=80)),
                ("action", fields.CharField(max_length=80)),
                ("subject", fields.CharField(db_index=True, max_length=120)),
                (
                    "details",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("prev_hash", fields.CharField(unique=True, max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "audit_entry",
                "app": "base",
                "pk_attr": "id",
                "table_description": "One link of the audit chain (append-only by trigger; `prev_hash` is unique, so the chain can't fork).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Counter",
            fields=[
                ("series", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ("reached", fields.BigIntField()),
            ],
            options={
                "table": "counter",
                "app": "base",
                "pk_attr": "series",
                "table_description": "The last number given out in a series without gaps; moved inside the transaction that uses the number.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Failure",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("scope", fields.CharField(db_index=True, max_length=160)),
                ("happened", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "failure",
                "app": "base",
                "pk_attr": "id",
                "table_description": "A time that the database counts for a limit which must hold while the queue is away (log-in).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("account", fields.CharField(max_length=80)),
                ("route", fields.CharField(max_length=80)),
                ("location", fields.CharField(default="", max_length=300)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "idempotency_key",
                "app": "base",
                "pk_attr": "key",
                "table_description": "What a form led to the first time it was sent, so that the second time leads there too.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutboxJob",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("topic", fields.CharField(max_length=80)),
                ("key", fields.CharField(unique=True, max_length=160)),
                (
                    "body",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ready_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("lease", fields.UUIDField(null=True)),
                ("lease_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("dead_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_error", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "outbox_job",
                "app": "base",
                "pk_attr": "id",
                "table_description": "A job, written in the transaction that decided it; arq only wakes the worker.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id_hash", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("account_id", fields.BigIntField(null=True, db_index=True)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("csrf", fields.CharField(max_length=64)),
                ("is_confirmed", fields.BooleanField(default=False)),
                (
                    "notes",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={
                "table": "session",
                "app": "base",
                "pk_attr": "id_hash",
                "table_description": "A visit: the cookie's random value is kept as its hash alone.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StoredFile",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("sha256", fields.CharField(unique=True, max_length=64)),
                ("size", fields.BigIntField()),
                ("media_type", fields.CharField(max_length=80)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "stored_file",
                "app": "base",
                "pk_attr": "id",
                "table_description": "A file by the SHA-256 of its content; the bytes lie in the file store.",
            },
            bases=["Model"],
        ),
    ]
