"""The week board: cards without Qt, one model layer, a view and its painting."""
