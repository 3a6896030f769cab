from . import exchange
from . import hookup
