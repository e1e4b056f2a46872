"""The limits of the reconciliation service."""

BATCH = 200
"""The number of queries in a batch, which the manifest names."""
ENTITIES = 200
"""The number of entities in a request for data extension."""
PROPERTIES = 20
"""The number of properties in a request for data extension."""
VALUES = 50
"""The number of values of a property of an entity."""
SUGGESTIONS = 20
"""The number of suggestions in an answer."""
SKIPPED = 200
"""The number of suggestions that may be skipped."""
