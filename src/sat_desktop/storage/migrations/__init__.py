"""Steps from an older database to the present one; they import no live code."""
