"""The JSON API, its models and its description."""
