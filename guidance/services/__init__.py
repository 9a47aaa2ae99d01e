"""Use cases, one file a feature: functions that take a session first and never commit."""
