from . import haerun_import_field
from . import haerun_import_run
from . import haerun_import_row
