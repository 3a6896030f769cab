from . import haerun_round_setting
