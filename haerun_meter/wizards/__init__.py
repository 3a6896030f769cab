from . import account
from . import meter
from . import reading
from . import opening
from . import check
from . import round
from . import figures
from . import dunning
