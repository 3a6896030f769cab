from . import haerun_meter_fitting
