"""Static files: style sheets, scripts, icons and typefaces."""
