from . import haerun_account_turn
