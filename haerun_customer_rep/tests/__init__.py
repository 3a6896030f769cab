from . import test_exchange_tabular
from . import test_people_leave
from . import test_time_clock
from . import test_time_ledger
from . import test_time_scan
from . import test_time_notice
from . import test_time_worktime
from . import test_time_worktime_properties
