from . import haerun_posting
from . import haerun_water_bill
from . import haerun_bill_reading
from . import haerun_bill_part
from . import haerun_bill_line
from . import haerun_bill_run
from . import haerun_water_bill_rating
