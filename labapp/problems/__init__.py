"""Problems: told by anyone, reviewed, supported, joined."""
