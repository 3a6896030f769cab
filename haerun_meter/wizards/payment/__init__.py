from . import haerun_payment_deciding
from . import haerun_prepaid_transfer
