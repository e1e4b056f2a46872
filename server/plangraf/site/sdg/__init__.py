"""The pages of the SDGs."""
