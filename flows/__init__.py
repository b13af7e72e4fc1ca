"""The edges: network, clock, Prefect and the command line."""
