from . import meter_common
from . import test_reading_intake
from . import check_common
from . import test_check_opening
