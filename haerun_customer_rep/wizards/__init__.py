from . import exchange
from . import people
from . import time
from . import hookup
from . import visit
from . import accountability
from . import assessment
