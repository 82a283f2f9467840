"""Measurements; each prints its result."""
