"""The processes of `plangraf serve`: the supervisor, the fronts that answer requests, and the background process.

The supervisor binds the address, prepares the release, starts a keeper, and forks fronts and the background process.
It has neither threads nor an event loop, so that a fork of it is safe at any time.
"""
