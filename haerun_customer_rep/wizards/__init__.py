from . import exchange
from . import time
from . import hookup
