"""Link sets (RFC 9264)."""
