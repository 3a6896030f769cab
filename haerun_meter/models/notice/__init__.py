from . import res_company
from . import haerun_notice_policy
from . import haerun_bill_message
from . import haerun_bill_delivery
from . import haerun_water_bill
from . import haerun_water_bill_notice
from . import haerun_bill_run
from . import sms_sms
