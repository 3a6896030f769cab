from . import haerun_reading_workbook_xlsx
