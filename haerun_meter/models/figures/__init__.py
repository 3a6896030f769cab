from . import haerun_rate_mixin
from . import haerun_reading_touch
from . import haerun_reading_figure
from . import haerun_reading_report
from . import haerun_reading_plan
from . import haerun_meter_reading
from . import haerun_reading_streak
from . import haerun_reading_progress
