"""The time gate and the time map of every address (RFC 7089)."""
