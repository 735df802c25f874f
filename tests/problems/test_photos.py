"""One photo of a problem is taken away, and its bytes with it."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from sqlalchemy import select

from labapp.db import db
from labapp.domain.policy import Actor, Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.files.models import StoredFile
from labapp.files.service import place
from labapp.labs.models import Lab
from labapp.problems import service
from labapp.problems.models import Problem
from labapp.problems.service import ProblemText, photos
from labapp.record import queries as record
from labapp.record.acting import Acting
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem

NEW = ProblemText(what="El agua llega limpia pero solo de noche.", where="Parte alta")


def facilitating(make: Make, lab: Lab, days: int = 0) -> Acting[Lab]:
    return Acting(lab, make.actor(lab, Role.FACILITATOR), NOW + timedelta(days=days))


def picture(color: str = "green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 10), color).save(out, "JPEG")
    return out.getvalue()


def _received(lab: Lab, row: Problem) -> str:
    return f"/labs/{lab.slug}/problems/received/{row.id}/"


def test_a_photo_is_taken_away_by_who_sent_it_and_its_bytes_go_with_the_last_row(
    client: Client, make: Make, app: Flask
) -> None:
    lab = make.lab()
    folder = Path(app.config["INSTANCE"]) / "files"
    rows = [problem(make, lab, published=False) for _ in range(2)]
    for row in rows:
        photos.add(Acting(lab, VISITOR, NOW), problem=row, photo=picture(), folder=folder)
        service.publish(facilitating(make, lab), problem=row)
    first, second = db.session.scalars(select(StoredFile).order_by(StoredFile.id))
    kept = place(first, folder)
    db.session.commit()

    client.post(f"/c/{rows[0].thing.code}/photos/{first.id}/remove")
    still = kept.exists()
    again = client.post(f"/c/{rows[0].thing.code}/photos/{first.id}/remove")
    stranger = client.post(f"/c/{rows[0].thing.code}/photos/{second.id}/remove")
    client.post(f"/c/{rows[1].thing.code}/photos/{second.id}/remove")

    assert still
    assert not kept.exists()
    assert (again.status_code, stranger.status_code) == (404, 404)
    assert client.get(f"/labs/{lab.slug}/problems/1/photos/{first.id}").status_code == 404
    assert client.get(f"/c/{rows[0].thing.code}/photos/{first.id}").status_code == 404
    assert "Se quitó una foto" in client.get(f"/c/{rows[0].thing.code}").text


def test_a_facilitator_takes_a_photo_away_before_publication_alone(
    client: Client, make: Make, app: Flask
) -> None:
    lab = make.lab()
    folder = Path(app.config["INSTANCE"]) / "files"
    row = problem(make, lab, published=False)
    for color in ("red", "blue"):
        photos.add(Acting(lab, VISITOR, NOW), problem=row, photo=picture(color), folder=folder)
    one, two = db.session.scalars(select(StoredFile).order_by(StoredFile.id))
    guide: Actor = make.actor(lab, Role.FACILITATOR)
    sign_in(client, guide)
    url = f"{_received(lab, row)}photos/"

    assert client.post(f"{url}{one.id}/remove", data={"code": ""}).status_code == 422
    assert client.post(f"{url}{one.id}/remove", data={"code": "minor"}).status_code == 302
    assert "muestra o nombra a un menor" in client.get(f"/c/{row.thing.code}").text
    service.publish(Acting(lab, guide, NOW), problem=row)
    db.session.commit()

    assert client.post(f"{url}{two.id}/remove", data={"code": "minor"}).status_code == 409
    assert [entry.code_label for entry in record.about([row.id]) if entry.code_label] == [
        RemovalCode.MINOR.label
    ]
