from . import haerun_tariff_quote
from . import haerun_water_account
