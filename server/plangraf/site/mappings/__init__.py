"""The claims about links as a mapping set (SSSOM)."""
