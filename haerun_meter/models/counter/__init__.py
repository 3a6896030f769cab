from . import haerun_cash_count
from . import haerun_cash_count_line
from . import haerun_cash_session_event
from . import haerun_cash_session
from . import haerun_cash_session_steps
from . import haerun_cash_session_sheet
from . import haerun_counter
from . import haerun_counter_desk
