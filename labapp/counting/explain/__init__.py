"""Explaining a result: one sentence for each option, and the figures of a chart."""
