"""Home of keys that are drawn by lot: passwords, personal codes, and secrets of one-time codes."""

import base64
import secrets

# Without signs that look alike; 12 of these are 59 bits, 16 are 79.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ2345679"
OTP_BYTES = 20


def random_words(count: int) -> str:
    """Return random groups of four signs, such as "K7QM-2XBD"."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(count))


def random_otp_secret() -> str:
    """Return a random secret for one-time codes, in base32."""
    return base64.b32encode(secrets.token_bytes(OTP_BYTES)).decode()
