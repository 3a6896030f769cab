from . import haerun_months_xlsx
from . import haerun_reading_workbook_xlsx
