from . import ticket
from . import intake
from . import answer
from . import order
from . import figures
