"""Measurements on seeded, made-up weeks of every size."""
