from . import haerun_accountability_open
from . import haerun_accountability_step
from . import haerun_accountability_appeal_wizard
