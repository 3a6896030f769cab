from . import haerun_tariff
from . import haerun_tariff_component
from . import haerun_tariff_version
from . import haerun_tariff_tier
from . import haerun_tariff_price
from . import haerun_tariff_share
from . import haerun_water_account
