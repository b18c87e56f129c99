"""The week board: one model layer over the dealt cards, the views and their painting."""
