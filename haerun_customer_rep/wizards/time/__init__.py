from . import haerun_notice_wizard
from . import haerun_notice_answer
from . import haerun_clock_wizard
