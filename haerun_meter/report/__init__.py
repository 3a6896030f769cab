from . import figures
from . import books
