"""The lists of everything a week is made of: one table of columns, one Qt model and one table for all of them."""
