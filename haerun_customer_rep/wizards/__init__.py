from . import exchange
from . import people
from . import time
from . import hookup
