"""Home of every failure we expect; each entrance turns it into its own kind of answer."""


class GuidanceError(Exception):
    """Something we expect can go wrong, with a name; the detail is English and for the log."""


class NotFound(GuidanceError):
    """There is no such thing, or not for this person."""


class SessionOver(NotFound):
    """No conversation belongs to this token any more."""


class OtherConversation(GuidanceError):
    """The token belongs to another conversation than the one asked for."""


class UnknownSchool(NotFound):
    """No school has this code."""


class WrongCode(GuidanceError):
    """A school code and personal code do not belong together, or are unknown."""


class WrongSignIn(GuidanceError):
    """A user name, password or one-time code is wrong."""


class SignInNeeded(GuidanceError):
    """This asks for a pupil who is signed in, and the visitor is anonymous."""


class NotAllowed(GuidanceError):
    """This person may not do this."""


class ConsentMissing(NotAllowed):
    """The school has recorded no basis for this purpose for a pupil under 16."""


class CheckInCompleted(GuidanceError):
    """The run is closed and takes no more answers."""


class NoOpenCheckIn(GuidanceError):
    """There is no check-in to go on with."""


class NothingToCorrect(GuidanceError):
    """There is no answer yet, or none to the item that was named."""


class TooFewAnswers(GuidanceError):
    """Fewer than three items were answered, so there is nothing to show."""


class MessageChanged(GuidanceError):
    """A message id came back with another body."""


class MessageEmpty(GuidanceError):
    """A message without words."""


class MessageTooLong(GuidanceError):
    """A message over a thousand characters."""


class MessageUnclear(GuidanceError):
    """A message without an id, with an id that is too long, or with both a text and a button."""


class PayloadNotOffered(GuidanceError):
    """A button that was not offered in this conversation."""


class TooManyMessages(GuidanceError):
    """More messages in a minute than one conversation may send."""

    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class EngineDown(GuidanceError):
    """The Rasa server did not answer, or could not reach the action server."""


class ChatClosed(GuidanceError):
    """The chat of this school is switched off, or not opened yet."""


class WordsTooLong(GuidanceError):
    """Own words that are longer than can be kept; the limit is in characters."""

    def __init__(self, detail: str, *, limit: int) -> None:
        super().__init__(detail)
        self.limit = limit


class UnknownPlace(GuidanceError):
    """No place has this name; near spellings may be offered."""

    def __init__(self, detail: str, *, suggestions: list[str]) -> None:
        super().__init__(detail)
        self.suggestions = suggestions


class AmbiguousPlace(GuidanceError):
    """Several places have this name; the choices carry their province."""

    def __init__(self, detail: str, *, choices: list[str]) -> None:
        super().__init__(detail)
        self.choices = choices


class UnusableFilter(GuidanceError):
    """A search filter that cannot be used; named, never dropped."""

    def __init__(self, detail: str, *, name: str, value: str) -> None:
        super().__init__(detail)
        self.name = name
        self.value = value


class TooManySaved(GuidanceError):
    """As many programmes are saved as fit; the limit is a number of them."""

    def __init__(self, detail: str, *, limit: int) -> None:
        super().__init__(detail)
        self.limit = limit


class CannotCompare(GuidanceError):
    """Fewer than two programmes to compare, or more than three."""

    def __init__(self, detail: str, *, count: int) -> None:
        super().__init__(detail)
        self.count = count


class UnusableFile(GuidanceError):
    """A file that cannot be imported: a column is missing or it cannot be read."""


class AlreadySent(GuidanceError):
    """The summary is with the dean already and changes no more."""


class LinkUnusable(NotFound):
    """A mailed link was used, is too old, or is unknown; which of these is not told."""


class OfferEnded(GuidanceError):
    """The school no longer offers this experience."""


class AlreadyOffered(GuidanceError):
    """The school already offers the same experience with the same teacher."""


class UnusableField(GuidanceError):
    """A field of a form that is empty, too long or not of its kind; named."""

    def __init__(self, detail: str, *, name: str) -> None:
        super().__init__(detail)
        self.name = name


class DangerInText(GuidanceError):
    """A text that speaks of explicit danger, where it would be kept as something else."""


class WordsEmpty(GuidanceError):
    """Own words without a word in them."""


class CareerFileFull(GuidanceError):
    """A career file that holds as many own lines as it can."""

    def __init__(self, detail: str, *, limit: int) -> None:
        super().__init__(detail)
        self.limit = limit


class MentorsOff(NotAllowed):
    """The school has not turned contact with oud-leerlingen on."""


class StepRefused(GuidanceError):
    """A step of the vetting that this person may not take from here."""


class StepLacks(GuidanceError):
    """A step of the vetting that lacks something; `needs` names what, in the words of the rules."""

    def __init__(self, detail: str, *, needs: list[str]) -> None:
        super().__init__(detail)
        self.needs = needs


class QuestionOpen(GuidanceError):
    """The pupil has a question with an oud-leerling already; one at a time."""


class NobodyFree(GuidanceError):
    """No oud-leerling can take this question now."""


class QuestionClosed(GuidanceError):
    """The question takes no more messages, or not in this state."""


class ProposalRefused(NotAllowed):
    """An oud-leerling who was stopped or has left, and so neither asks nor offers anything."""


class TooManyProposals(GuidanceError):
    """As many proposals of an oud-leerling wait for the school as may; the limit is a number of them."""

    def __init__(self, detail: str, *, limit: int) -> None:
        super().__init__(detail)
        self.limit = limit


class TooLateToUndo(GuidanceError):
    """A decision that was taken too long ago to be undone."""


class OpenDaysRefused(UnusableFile):
    """A file of open days with something wrong in it; where, and why in words for who imports it."""

    def __init__(self, detail: str, *, where: str, reason: str) -> None:
        super().__init__(detail)
        self.where = where
        self.reason = reason


class FileRefused(UnusableFile):
    """A file with lines that cannot be used; each by its number in the file and the name of what is wrong."""

    def __init__(self, detail: str, *, lines: list[tuple[int, str]]) -> None:
        super().__init__(detail)
        self.lines = lines


class StaleForm(GuidanceError):
    """A form that was made before someone else changed the same thing."""


class TooSoon(GuidanceError):
    """The same was done a short time ago, and may not be done again yet."""


class UsernameTaken(GuidanceError):
    """Someone else signs in with this user name."""


class LastDean(GuidanceError):
    """The only dean of a school, without whom nobody there could be asked for a talk."""
