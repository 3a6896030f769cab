from . import haerun_check_opening
from . import haerun_check_making
from . import haerun_check_delivery
from . import haerun_check_recheck
from . import haerun_check_cancel
from . import haerun_check_missed
from . import haerun_reassign
