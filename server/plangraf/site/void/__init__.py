"""The VoID description of the release."""
