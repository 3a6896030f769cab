from . import ticket
from . import intake
from . import order
