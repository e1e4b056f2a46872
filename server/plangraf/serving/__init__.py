"""The server below the application: the connections of a process and the limits on them."""
