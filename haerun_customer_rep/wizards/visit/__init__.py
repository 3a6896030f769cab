from . import haerun_visit_call
from . import haerun_visit_reason
