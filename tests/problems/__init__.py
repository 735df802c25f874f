"""Problems: told, reviewed, shared, joined."""
