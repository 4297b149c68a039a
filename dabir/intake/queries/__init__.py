"""Questions of the intake: names of the registry, reviews as they stand, what waits."""
