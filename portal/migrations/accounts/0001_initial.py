from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("login", fields.CharField(unique=True, max_length=200)),
                ("name", fields.CharField(max_length=40)),
                ("role", fields.CharField(max_length=20)),
                ("district", fields.CharField(null=True, db_index=True, max_length=12)),
                ("institution_id", fields.BigIntField(null=True, db_index=True)),
                ("password_hash", fields.CharField(db_default="", max_length=200)),
                ("is_active", fields.BooleanField(db_default=True)),
                ("is_demo", fields.BooleanField(db_default=False)),
                ("totp_sealed", fields.CharField(db_default="", max_length=300)),
                ("totp_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("totp_step", fields.BigIntField(db_default=0)),
                ("version", fields.IntField(db_default=1)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account",
                "app": "accounts",
                "pk_attr": "id",
                "table_description": "A person who can log in. `totp_step` is the last used time step, so that a code works once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Confirmation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("purpose", fields.CharField(max_length=20)),
                ("login", fields.CharField(max_length=200)),
                ("account_id", fields.BigIntField(null=True, db_index=True)),
                ("salt", fields.CharField(max_length=64)),
                ("tries", fields.IntField(db_default=0)),
                ("created", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("expires", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sent", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("used", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "confirmation",
                "app": "accounts",
                "pk_attr": "id",
                "table_description": "A code on its way to an address. The code itself is nowhere: it follows from the salt and the server's secret.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("institution_id", fields.BigIntField(db_index=True)),
                ("code_hash", fields.CharField(unique=True, max_length=64)),
                ("code_sealed", fields.CharField(db_default="", max_length=200)),
                ("created_by", fields.BigIntField()),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invitation",
                "app": "accounts",
                "pk_attr": "id",
                "table_description": "A code with which a second clerk joins an institution; usable once, for some days.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Organisation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=80)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("is_demo", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "organisation",
                "app": "accounts",
                "pk_attr": "id",
                "table_description": "An institution as far as log-in goes: the clerks who act for it share it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Registration",
            fields=[
                ("confirmation_id", fields.BigIntField(primary_key=True, unique=True, db_index=True, generated=False)),
                ("name", fields.CharField(max_length=40)),
                ("organisation", fields.CharField(max_length=80)),
                ("invitation_id", fields.BigIntField(null=True)),
                ("password_hash", fields.CharField(max_length=200)),
            ],
            options={
                "table": "registration",
                "app": "accounts",
                "pk_attr": "confirmation_id",
                "table_description": "What a clerk typed, until the code comes back.",
            },
            bases=["Model"],
        ),
    ]
