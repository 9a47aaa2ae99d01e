"""Home of the ids of messages: every talk numbers its own."""


def id_among_talks(engine_id: str, message_id: str) -> str:
    """Return an id that no message of another talk has; what a message stored is found again by it."""
    return f"{engine_id}:{message_id}"
