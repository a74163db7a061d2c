"""Tables that every feature shares. No methods: base's own modules read and write them."""

from tortoise import fields
from tortoise.models import Model


class AuditEntry(Model):
    """One link of the audit chain (append-only by trigger; `prev_hash` is unique, so the chain can't fork)."""

    id = fields.BigIntField(primary_key=True)
    happened = fields.DatetimeField()
    actor = fields.CharField(max_length=80)
    action = fields.CharField(max_length=80)
    subject = fields.CharField(max_length=120, db_index=True)
    details: dict[str, object] = fields.JSONField(default=dict)
    prev_hash = fields.CharField(max_length=64, unique=True)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "audit_entry"


class OutboxJob(Model):
    """A job, written in the transaction that decided it; arq only wakes the worker."""

    id = fields.BigIntField(primary_key=True)
    topic = fields.CharField(max_length=80)
    key = fields.CharField(max_length=160, unique=True)
    body: dict[str, object] = fields.JSONField(default=dict)
    created = fields.DatetimeField()
    ready_at = fields.DatetimeField()
    told_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    lease = fields.UUIDField(null=True)
    lease_until = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    dead_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "outbox_job"


class Counter(Model):
    """The last number given out in a series without gaps; moved inside the transaction that uses the number."""

    series = fields.CharField(max_length=80, primary_key=True)
    reached = fields.BigIntField()

    class Meta:
        table = "counter"


class IdempotencyKey(Model):
    """What a form led to the first time it was sent, so that the second time leads there too."""

    key = fields.CharField(max_length=64, primary_key=True)
    account = fields.CharField(max_length=80)
    route = fields.CharField(max_length=80)
    location = fields.CharField(max_length=300, default="")
    created = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"


class Session(Model):
    """A visit: the cookie's random value is kept as its hash alone."""

    id_hash = fields.CharField(max_length=64, primary_key=True)
    account_id = fields.BigIntField(null=True, db_index=True)
    created = fields.DatetimeField()
    seen = fields.DatetimeField()
    csrf = fields.CharField(max_length=64)
    is_confirmed = fields.BooleanField(default=False)
    notes: dict[str, object] = fields.JSONField(default=dict)

    class Meta:
        table = "session"


class StoredFile(Model):
    """A file by the SHA-256 of its content; the bytes lie in the file store."""

    id = fields.BigIntField(primary_key=True)
    sha256 = fields.CharField(max_length=64, unique=True)
    size = fields.BigIntField()
    media_type = fields.CharField(max_length=80)
    created = fields.DatetimeField()

    class Meta:
        table = "stored_file"


class Failure(Model):
    """A time that the database counts for a limit which must hold while the queue is away (log-in)."""

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(max_length=160, db_index=True)
    happened = fields.DatetimeField()

    class Meta:
        table = "failure"
