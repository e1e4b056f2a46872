"""The application put together: routes, headers, errors."""
