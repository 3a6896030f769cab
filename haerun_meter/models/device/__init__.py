from . import haerun_dial_mixin
from . import haerun_meter
from . import haerun_service_point
from . import haerun_meter_life
from . import haerun_renewal_plan
