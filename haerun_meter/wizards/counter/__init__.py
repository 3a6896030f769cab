from . import haerun_cash_counting
from . import haerun_cash_counting_slip
from . import haerun_cash_handing
from . import haerun_cash_deciding
