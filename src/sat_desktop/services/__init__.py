"""Use cases: plain functions over the ports, one transaction each."""
