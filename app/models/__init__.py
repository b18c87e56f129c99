"""The nouns: frozen values that import neither Qt, nor SQL, nor the solver."""
