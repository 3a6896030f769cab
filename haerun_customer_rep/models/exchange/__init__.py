from . import import_field
from . import import_run
from . import import_row
