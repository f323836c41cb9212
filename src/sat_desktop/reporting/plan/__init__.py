"""The institutional development plan as a document: one module a part, from words to verification."""
