"""Learning from use: counts of closed codes by week, and nothing that a person typed."""
