from . import haerun_opening_import
from . import haerun_opening_reason
from . import haerun_account_completion
