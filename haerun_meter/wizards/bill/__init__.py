from . import haerun_bill_deciding
from . import haerun_bill_delivering
