from . import haerun_meter_demo
from . import haerun_meter_demo_round
from . import haerun_meter_demo_dunning
