from . import haerun_tender
from . import haerun_cash_session
from . import haerun_payment
from . import haerun_allocation
