"""Answers as shapes that pages, API, command line and MCP share. Knows nothing of Flask."""
