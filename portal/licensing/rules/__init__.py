"""What the law asks of an application for a new licence: every check, each with its article and its limits."""

from portal.licensing.rules.organisation import ORGANISATION
from portal.licensing.rules.people import PEOPLE
from portal.licensing.rules.place import PLACE
from portal.licensing.rules.teaching import TEACHING

RULES = (*ORGANISATION, *PEOPLE, *PLACE, *TEACHING)
