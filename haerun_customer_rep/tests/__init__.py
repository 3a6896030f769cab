from . import test_exchange_tabular
from . import test_people_leave
