"""Command entrance: one file a feature."""
