from . import haerun_work_ticking
from . import haerun_work_turn
from . import haerun_work_signing
from . import haerun_work_sampling
