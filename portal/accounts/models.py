"""The tables of accounts. No methods: store.py alone reads and writes them."""

from tortoise import fields
from tortoise.models import Model


class Organisation(Model):
    """An institution as far as log-in goes: the clerks who act for it share it."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=80)
    created = fields.DatetimeField()
    is_demo = fields.BooleanField(db_default=False)

    class Meta:
        table = "organisation"


class Account(Model):
    """A person who can log in. `totp_step` is the last used time step, so that a code works once."""

    id = fields.BigIntField(primary_key=True)
    login = fields.CharField(max_length=200, unique=True)
    name = fields.CharField(max_length=40)
    role = fields.CharField(max_length=20)
    district = fields.CharField(max_length=12, null=True, db_index=True)
    institution_id = fields.BigIntField(null=True, db_index=True)
    password_hash = fields.CharField(max_length=200, db_default="")
    is_active = fields.BooleanField(db_default=True)
    is_demo = fields.BooleanField(db_default=False)
    totp_sealed = fields.CharField(max_length=300, db_default="")
    totp_since = fields.DatetimeField(null=True)
    totp_step = fields.BigIntField(db_default=0)
    version = fields.IntField(db_default=1)
    created = fields.DatetimeField()

    class Meta:
        table = "account"


class Invitation(Model):
    """A code with which a second clerk joins an institution; usable once, for some days."""

    id = fields.BigIntField(primary_key=True)
    institution_id = fields.BigIntField(db_index=True)
    code_hash = fields.CharField(max_length=64, unique=True)
    code_sealed = fields.CharField(max_length=200, db_default="")
    created_by = fields.BigIntField()
    created = fields.DatetimeField()
    expires = fields.DatetimeField()
    used = fields.DatetimeField(null=True)

    class Meta:
        table = "invitation"


class Confirmation(Model):
    """A code on its way to an address. The code itself is nowhere: it follows from the salt and the server's secret."""

    id = fields.BigIntField(primary_key=True)
    purpose = fields.CharField(max_length=20)
    login = fields.CharField(max_length=200)
    account_id = fields.BigIntField(null=True, db_index=True)
    salt = fields.CharField(max_length=64)
    tries = fields.IntField(db_default=0)
    created = fields.DatetimeField(db_index=True)
    expires = fields.DatetimeField()
    sent = fields.DatetimeField(null=True)
    used = fields.DatetimeField(null=True)

    class Meta:
        table = "confirmation"


class Registration(Model):
    """What a clerk typed, until the code comes back."""

    confirmation_id = fields.BigIntField(primary_key=True, generated=False)
    name = fields.CharField(max_length=40)
    organisation = fields.CharField(max_length=80)
    invitation_id = fields.BigIntField(null=True)
    password_hash = fields.CharField(max_length=200)

    class Meta:
        table = "registration"
