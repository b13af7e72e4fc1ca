"""How a number is meant: approximation, relation, direction, basis and status, from the words around it."""

from extractors.qualifiers.approx import read_approx, read_estimates
from extractors.qualifiers.relation import read_relations
from extractors.qualifiers.status import carry_status, read_status

__all__ = ["carry_status", "read_approx", "read_estimates", "read_relations", "read_status"]
