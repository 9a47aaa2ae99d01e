"""Clock entrance: what must happen by itself, one file a feature."""
