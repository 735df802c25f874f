"""A form finds a place without JavaScript, and keeps what was marked before."""

from flask import Flask

from labapp.territory import forms, service


def test_what_was_marked_stays_beside_what_is_found(app: Flask, world: None) -> None:
    service.import_places()

    with app.test_request_context(method="POST", data={"q": "nurum", "look": "1"}):
        options = dict(forms.options(["080818", None]))

        assert forms.is_searching()
    assert options["080818"] == "San Martín, Panamá, Panamá"
    assert options["1205"] == "Ñürüm, Ngäbe-Buglé (distrito)"


def test_without_a_search_only_what_was_marked_is_listed(app: Flask, world: None) -> None:
    service.import_places()

    with app.test_request_context("/?q=%00"):
        assert forms.options(["080818"]) == [("080818", "San Martín, Panamá, Panamá")]
        assert not forms.is_searching()
