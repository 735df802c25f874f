"""Allies, entities and local bodies."""
