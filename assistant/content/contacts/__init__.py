"""Whom to call: insurers, municipalities, and whom each entry sends its reader to."""
