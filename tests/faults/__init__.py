"""The fault campaign: what is done to a real server, while a probe compares whole answers with the truth.

`registry` holds the faults and the twenty that CI runs, `lab` what a fault works with, `probe` and `site` the
asking and the server; the other modules hold the faults by what they harm. ``python -m tests.faults --help`` runs them.
"""
