from . import account
from . import meter
from . import reading
from . import check
