"""Tests mirror the rooms and go through the front door of each."""
