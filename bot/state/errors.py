"""What can go wrong with the state; every message is one line for people, without a secret."""


class StateUnavailable(ConnectionError):
    """The state store cannot be used now."""


class NotAllowed(PermissionError):
    """This person may not change these settings."""


class BadStateUrl(ValueError):
    """The address of the state store is not one that we can use."""


class BadKey(ValueError):
    """An encryption key is malformed, or none of them opens the stored tokens."""
