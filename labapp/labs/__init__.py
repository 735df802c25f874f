"""The lab, its members and their roles, its story, and the gate to its pages."""
