from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Ban',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('finder', fields.CharField(default='', db_index=True, max_length=64)),
                ('name', fields.CharField(db_index=True, max_length=120)),
                ('reason', fields.CharField(max_length=200)),
                ('until', fields.DateField(null=True)),
            ],
            options={'table': 'organiser_ban', 'app': 'institutions', 'pk_attr': 'id', 'table_description': 'An organiser who may not apply: by keyed hash of the number, or by name, until a day.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Licence',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('number', fields.CharField(unique=True, max_length=15)),
                ('district', fields.CharField(db_index=True, max_length=6)),
                ('institution_id', fields.BigIntField(null=True, db_index=True)),
                ('name', fields.CharField(max_length=120)),
                ('address', fields.CharField(max_length=200)),
                ('organisers', fields.CharField(max_length=400)),
                ('legal_representative', fields.CharField(max_length=60)),
                ('principal', fields.CharField(max_length=60)),
                ('credit_code', fields.CharField(default='', max_length=18)),
                ('floor_area_m2', fields.DecimalField(null=True, max_digits=9, decimal_places=2)),
                ('programmes', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('valid_from', fields.DateField()),
                ('valid_to', fields.DateField()),
                ('issue', fields.IntField(default=1)),
                ('ending', fields.CharField(default='', max_length=20)),
                ('ended_on', fields.DateField(null=True)),
                ('is_demo', fields.BooleanField(default=False)),
                ('version', fields.IntField(default=1)),
                ('created', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('folded', fields.CharField(default='', max_length=120)),
                ('place', fields.CharField(default='', max_length=200)),
                ('sound', fields.CharField(default='', max_length=700)),
                ('initials', fields.CharField(default='', max_length=120)),
            ],
            options={'table': 'licence', 'app': 'institutions', 'pk_attr': 'id', 'table_description': 'A licence as it stands now; `ended` and its reason are set by the acts that end it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LicenceVersion',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('licence_id', fields.BigIntField(db_index=True)),
                ('since', fields.DateField()),
                ('act', fields.CharField(max_length=30)),
                ('facts', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
            ],
            options={'table': 'licence_version', 'app': 'institutions', 'pk_attr': 'id', 'table_description': 'The facts of a licence from a day on, until the next version begins; never overwritten.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Restriction',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('licence_id', fields.BigIntField(db_index=True)),
                ('kind', fields.CharField(max_length=20)),
                ('decision', fields.CharField(max_length=60)),
                ('since', fields.DateField()),
                ('until', fields.DateField(null=True)),
                ('text', fields.CharField(max_length=300)),
            ],
            options={'table': 'licence_restriction', 'app': 'institutions', 'pk_attr': 'id', 'table_description': 'Something laid over a licence in force, with decision, days and the text that the public reads.'},
            bases=['Model'],
        ),
    ]
