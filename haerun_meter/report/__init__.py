from . import figures
from . import books
from . import revenue
