"""Side-by-side measurements: each one a command that prints figures and writes them as JSON."""
