"""Files in and out: planning workbooks, calendars, rotas. Each is built from the rows its reader may see."""
