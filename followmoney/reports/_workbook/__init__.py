"""The workbook of schedules: ledgers whose traced figures are formulas that anybody can recompute."""
