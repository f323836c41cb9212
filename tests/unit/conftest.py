"""Settings of the property tests."""

from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail: what is tested is what is true, not how fast (tests/benchmarks).
settings.register_profile("unit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unit")
