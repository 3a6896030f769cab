from . import haerun_notice_wizard
from . import haerun_notice_answer
from . import haerun_notice_withdraw
from . import haerun_quiet_hours
from . import haerun_clock_wizard
from . import haerun_limit_told
