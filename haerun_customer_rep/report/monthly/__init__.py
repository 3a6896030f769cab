from . import haerun_monthly_report_xlsx
