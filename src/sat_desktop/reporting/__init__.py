"""Documents for people: words and layout, no arithmetic."""
