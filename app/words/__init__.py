"""Codes and facts turned into plain English sentences."""
