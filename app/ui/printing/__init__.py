"""Print: choose pages, see the real ones, put them on paper or into PDF files."""
