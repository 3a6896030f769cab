from . import haerun_by_hand_mixin
from . import haerun_evidence_mixin
from . import haerun_import_field
from . import haerun_import_run
from . import haerun_import_row
from . import haerun_rate_mixin
from . import haerun_window_mixin
