from . import haerun_revenue_workbook_xlsx
