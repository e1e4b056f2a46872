"""Style sheets, scripts, icons and typefaces."""
