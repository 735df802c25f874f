"""People, their global roles and how they sign in."""
