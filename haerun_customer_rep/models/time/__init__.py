from . import res_company
from . import resource_calendar
from . import resource_calendar_attendance
from . import haerun_workday
