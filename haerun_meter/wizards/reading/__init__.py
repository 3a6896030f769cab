from . import haerun_reading_decision
