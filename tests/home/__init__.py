"""Tests of the pages above all rooms."""
