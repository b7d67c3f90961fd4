"""Messages to people by e-mail, chat or webhook, through Apprise: one address per target."""

from engine.platforms.messages.post import ApprisePost

__all__ = ["ApprisePost"]
