"""Documents about things, and dereferencing."""
