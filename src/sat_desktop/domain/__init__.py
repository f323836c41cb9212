"""The rules of the field: pure, frozen, standard library only; each stage sees only earlier ones."""
