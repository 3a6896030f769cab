from . import haerun_meter_demo
from . import haerun_meter_demo_round
from . import haerun_meter_demo_bills
from . import haerun_meter_demo_payments
from . import haerun_meter_demo_counter
from . import haerun_meter_demo_dunning
from . import haerun_meter_demo_notices
