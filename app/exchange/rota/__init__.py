"""The rota workbook: the PA's own, every sheet of ROTAS.md, one module for each group of sheets."""

from app.exchange.rota.book import rota_workbook
from app.exchange.rota.changes import ChangeRow

__all__ = ["ChangeRow", "rota_workbook"]
