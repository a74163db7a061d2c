"""Tables of licences. No methods: store.py alone reads and writes them."""

from tortoise import fields
from tortoise.models import Model


class Licence(Model):
    """A licence as it stands now; `ended` and its reason are set by the acts that end it."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=15, unique=True)
    district = fields.CharField(max_length=6, db_index=True)
    institution_id = fields.BigIntField(null=True, db_index=True)
    name = fields.CharField(max_length=120)
    address = fields.CharField(max_length=200)
    organisers = fields.CharField(max_length=400)
    legal_representative = fields.CharField(max_length=60)
    principal = fields.CharField(max_length=60)
    credit_code = fields.CharField(max_length=18, default="")
    floor_area_m2 = fields.DecimalField(max_digits=9, decimal_places=2, null=True)
    programmes: list[dict[str, str]] = fields.JSONField(default=list)
    valid_from = fields.DateField()
    valid_to = fields.DateField()
    issue = fields.IntField(default=1)
    ending = fields.CharField(max_length=20, default="")
    ended_on = fields.DateField(null=True)
    is_demo = fields.BooleanField(default=False)
    version = fields.IntField(default=1)
    created = fields.DatetimeField()
    folded = fields.CharField(max_length=120, default="")
    place = fields.CharField(max_length=200, default="")
    sound = fields.CharField(max_length=700, default="")
    initials = fields.CharField(max_length=120, default="")

    class Meta:
        table = "licence"


class LicenceVersion(Model):
    """The facts of a licence from a day on, until the next version begins; never overwritten."""

    id = fields.BigIntField(primary_key=True)
    licence_id = fields.BigIntField(db_index=True)
    since = fields.DateField()
    act = fields.CharField(max_length=30)
    facts: dict[str, object] = fields.JSONField()

    class Meta:
        table = "licence_version"


class Restriction(Model):
    """Something laid over a licence in force, with decision, days and the text that the public reads."""

    id = fields.BigIntField(primary_key=True)
    licence_id = fields.BigIntField(db_index=True)
    kind = fields.CharField(max_length=20)
    decision = fields.CharField(max_length=60)
    since = fields.DateField()
    until = fields.DateField(null=True)
    text = fields.CharField(max_length=300)

    class Meta:
        table = "licence_restriction"


class Ban(Model):
    """An organiser who may not apply: by keyed hash of the number, or by name, until a day."""

    id = fields.BigIntField(primary_key=True)
    finder = fields.CharField(max_length=64, default="", db_index=True)
    name = fields.CharField(max_length=120, db_index=True)
    reason = fields.CharField(max_length=200)
    until = fields.DateField(null=True)

    class Meta:
        table = "organiser_ban"
