from . import figures
from . import revenue
