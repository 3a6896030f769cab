from . import exchange
from . import hookup
from . import monthly
from . import rules
