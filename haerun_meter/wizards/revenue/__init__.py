from . import haerun_revenue_workbook
