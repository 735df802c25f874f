"""What the tests of the hall share."""

import pytest

from labapp.labs.models import Lab
from tests.make import Make
from tests.voting import make as voting


@pytest.fixture
def lab(make: Make) -> Lab:
    """Add a lab with three voters."""
    lab = voting.lab(make)
    voting.voters(make, lab, 3)
    return lab
