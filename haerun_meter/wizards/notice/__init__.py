from . import haerun_bill_notifying
from . import res_config_settings
