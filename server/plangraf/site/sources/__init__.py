"""The sources that are harvested into the state folder of the server, with what is wrong, in words."""
