"""Home of what counts as a mail address."""

from email.utils import parseaddr


def is_mail_address(text: str) -> bool:
    """Tell whether a text is one plain mail address, as one person types it."""
    local, _, domain = text.partition("@")
    is_plain = parseaddr(text)[1] == text and text.isprintable() and not {*" ,;<>"} & {*text}
    return is_plain and bool(local) and "." in domain.strip(".") and "@" not in domain
