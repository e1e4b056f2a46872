"""The pages of previews, which somebody sees who has just sent a plan to be checked."""
