from . import haerun_ledger_month_xlsx
