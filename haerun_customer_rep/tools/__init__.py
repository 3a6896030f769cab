from . import china_calendar
from . import substitution
from . import worktime
