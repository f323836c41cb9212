"""What several integration tests share."""

from reference_validator import validate

__all__ = ["validate"]
