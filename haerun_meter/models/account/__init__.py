from . import haerun_evidence_mixin
from . import haerun_branch_mixin
from . import res_users
from . import haerun_account_change
from . import haerun_account_party
from . import haerun_household_size
from . import haerun_water_account
from . import haerun_water_account_state
