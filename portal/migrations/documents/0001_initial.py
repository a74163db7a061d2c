from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Document",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=40)),
                ("subject", fields.CharField(db_index=True, max_length=120)),
                ("district", fields.CharField(db_index=True, max_length=12)),
                ("institution_id", fields.BigIntField(null=True, db_index=True)),
                ("number", fields.CharField(db_index=True, max_length=120)),
                ("code", fields.CharField(unique=True, max_length=20)),
                ("facts", fields.TextField(unique=False)),
                ("template_version", fields.CharField(max_length=10)),
                ("fonts_version", fields.CharField(max_length=10)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("is_demo", fields.BooleanField(db_default=False)),
                ("state", fields.CharField(db_default="promised", max_length=10)),
                ("stopped_reason", fields.CharField(db_default="", max_length=300)),
                ("made_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("file_id", fields.BigIntField(null=True)),
                ("unsigned_sha256", fields.CharField(db_default="", max_length=64)),
                ("signed_sha256", fields.CharField(db_default="", max_length=64)),
            ],
            options={
                "table": "document",
                "app": "documents",
                "pk_attr": "id",
                "table_description": "A letter or certificate: promised with its facts frozen, then made once. Facts never change (trigger).",
            },
            bases=["Model"],
        ),
    ]
