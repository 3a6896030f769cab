from . import category
from . import ticket
from . import intake
from . import answer
from . import order
from . import desk
from . import figures
from . import rules
