"""Measuring: labelled questions, situations with their expected decision, retrieval sets."""
