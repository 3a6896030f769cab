from . import figures
