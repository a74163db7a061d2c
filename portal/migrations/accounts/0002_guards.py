"""Roles, districts and institutions of an account fit together, whatever the code above believes."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("base", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            ALTER TABLE account
                ADD CONSTRAINT account_role_ck CHECK (role IN ('clerk', 'examiner', 'approver', 'inspector',
                    'district-admin', 'city-admin', 'auditor')),
                ADD CONSTRAINT account_district_ck CHECK (
                    (role IN ('examiner', 'approver', 'inspector', 'district-admin')) = (district IS NOT NULL)),
                ADD CONSTRAINT account_institution_ck CHECK (institution_id IS NULL OR role = 'clerk'),
                ADD CONSTRAINT account_institution_fk FOREIGN KEY (institution_id) REFERENCES organisation (id);
            ALTER TABLE invitation
                ADD CONSTRAINT invitation_institution_fk FOREIGN KEY (institution_id) REFERENCES organisation (id),
                ADD CONSTRAINT invitation_created_by_fk FOREIGN KEY (created_by) REFERENCES account (id);
            ALTER TABLE confirmation
                ADD CONSTRAINT confirmation_account_fk FOREIGN KEY (account_id) REFERENCES account (id);
            ALTER TABLE registration
                ADD CONSTRAINT registration_confirmation_fk FOREIGN KEY (confirmation_id)
                    REFERENCES confirmation (id) ON DELETE CASCADE,
                ADD CONSTRAINT registration_invitation_fk FOREIGN KEY (invitation_id) REFERENCES invitation (id);
            CREATE INDEX failure_scope_happened ON failure (scope, happened);
            """,
            """
            DROP INDEX failure_scope_happened;
            ALTER TABLE registration DROP CONSTRAINT registration_invitation_fk,
                DROP CONSTRAINT registration_confirmation_fk;
            ALTER TABLE confirmation DROP CONSTRAINT confirmation_account_fk;
            ALTER TABLE invitation DROP CONSTRAINT invitation_created_by_fk, DROP CONSTRAINT invitation_institution_fk;
            ALTER TABLE account DROP CONSTRAINT account_institution_fk, DROP CONSTRAINT account_institution_ck,
                DROP CONSTRAINT account_district_ck, DROP CONSTRAINT account_role_ck;
            """,
        ),
    ]
