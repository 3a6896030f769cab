from . import import_column
from . import import_wizard
