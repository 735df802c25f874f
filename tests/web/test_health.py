"""Whoever watches over the server learns whether it is alive, and nothing else."""

from tests.client import Client


def test_a_live_site_says_so(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.mimetype == "text/plain"
