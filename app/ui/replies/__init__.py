"""Replies in the window: forms, diaries and answers taken in, each with a preview; and what is still to chase."""
