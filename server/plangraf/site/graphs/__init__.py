"""The graph store: any graph of the release at one address."""
