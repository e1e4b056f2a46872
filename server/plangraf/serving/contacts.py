"""Notices to the operator about what visitors do not find, because no setting tells it."""

from plangraf.settings import Settings


def missing_contacts(settings: Settings) -> list[str]:
    """Return a notice, in one line, for the contact and for the accessibility statement if the settings have none."""
    notices = []
    if settings.contact_email is None and settings.contact_url is None:
        notices.append("No page tells how to get in touch: set PLANGRAF_CONTACT_EMAIL or PLANGRAF_CONTACT_URL.")
    if settings.accessibility_url is None:
        notices.append(
            "No page leads to an accessibility statement, which Norwegian law demands of public bodies: "
            "set PLANGRAF_ACCESSIBILITY_URL."
        )
    return notices
