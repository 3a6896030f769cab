from . import haerun_import_column
from . import haerun_import_wizard
from . import haerun_import_load
