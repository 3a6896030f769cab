from . import haerun_months_mixin
from . import haerun_reading_workbook
