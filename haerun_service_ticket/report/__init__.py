from . import desk
from . import figures
