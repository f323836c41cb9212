"""SAT Desktop: self-assessment of institutional development by the OECD's method, offline."""

__version__ = "0.1.0"
