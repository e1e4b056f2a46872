"""The pages of themes that plans share: those of Los, and the indicators of U4SSC."""
