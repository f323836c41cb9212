"""One page a stage of the work."""
