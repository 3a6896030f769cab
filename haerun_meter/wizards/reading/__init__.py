from . import haerun_meter_fitting
from . import haerun_reading_decision
from . import haerun_plan_returning
from . import haerun_reading_estimating
from . import haerun_book_arrange
from . import haerun_reading_backtest
from . import haerun_remote_comparing
from . import haerun_reassign
