"""Simulated pupils on the long interest form: how many items the adaptive order saves, at what agreement."""
