"""What a site is told before anybody comes: the places, and its first administrator."""

from labapp.accounts import service
from labapp.accounts.service import roles
from labapp.db import db, utcnow
from labapp.domain.roles import VISITOR
from labapp.record.acting import Acting
from labapp.territory import service as territory

ADMINISTRATOR = "administradora"


def begin(password: str) -> None:
    """Do what ``labapp init`` does once the database is migrated, and commit."""
    now = utcnow()
    territory.import_places()
    person = service.open_account(
        Acting(None, VISITOR, now), name="Administradora", username=ADMINISTRATOR, password=password
    )
    roles.grant_first_administrator(person.id, now=now)
    db.session.commit()
