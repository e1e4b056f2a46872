"""The endpoint for assistants (Model Context Protocol): tools whose answers can be cited."""
