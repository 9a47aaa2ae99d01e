"""How long a search of programmes takes, over the whole catalogue."""
