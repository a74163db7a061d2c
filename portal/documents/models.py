"""The table of papers. No methods: store.py alone reads and writes it."""

from tortoise import fields
from tortoise.models import Model


class Document(Model):
    """A letter or certificate: promised with its facts frozen, then made once. Facts never change (trigger)."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=40)
    subject = fields.CharField(max_length=120, db_index=True)
    district = fields.CharField(max_length=12, db_index=True)
    institution_id = fields.BigIntField(null=True, db_index=True)
    number = fields.CharField(max_length=120, db_index=True)
    code = fields.CharField(max_length=20, unique=True)
    facts = fields.TextField()
    template_version = fields.CharField(max_length=10)
    fonts_version = fields.CharField(max_length=10)
    decided_at = fields.DatetimeField()
    is_demo = fields.BooleanField(db_default=False)
    state = fields.CharField(max_length=10, db_default="promised")
    stopped_reason = fields.CharField(max_length=300, db_default="")
    made_at = fields.DatetimeField(null=True)
    file_id = fields.BigIntField(null=True)
    unsigned_sha256 = fields.CharField(max_length=64, db_default="")
    signed_sha256 = fields.CharField(max_length=64, db_default="")

    class Meta:
        table = "document"
