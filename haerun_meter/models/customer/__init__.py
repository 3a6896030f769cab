from . import haerun_water_account
from . import haerun_customer_view
from . import haerun_customer_view_search
from . import haerun_customer_view_meters
from . import haerun_customer_view_volumes
from . import haerun_customer_view_sections
