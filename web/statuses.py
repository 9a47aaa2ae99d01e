"""Which status each expected failure has on the web."""

from guidance import errors

STATUS: dict[type[errors.GuidanceError], int] = {
    errors.NotFound: 404,
    errors.SessionOver: 401,
    errors.WrongCode: 401,
    errors.WrongSignIn: 401,
    errors.SignInNeeded: 401,
    errors.NotAllowed: 403,
    errors.OtherConversation: 403,
    errors.MessageChanged: 409,
    errors.AlreadySent: 409,
    errors.AlreadyOffered: 409,
    errors.StepRefused: 409,
    errors.StepLacks: 409,
    errors.QuestionOpen: 409,
    errors.QuestionClosed: 409,
    errors.NobodyFree: 409,
    errors.TooManyProposals: 409,
    errors.TooLateToUndo: 409,
    errors.StaleForm: 409,
    errors.TooSoon: 409,
    errors.UsernameTaken: 409,
    errors.LastDean: 409,
    errors.TooManyMessages: 429,
    errors.EngineDown: 503,
    errors.ChatClosed: 503,
    errors.UnknownPlace: 404,
    errors.AmbiguousPlace: 300,
}


def status_of(error: errors.GuidanceError) -> int:
    """Return the status of a failure, or of the nearest kind of failure above it."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 422)
