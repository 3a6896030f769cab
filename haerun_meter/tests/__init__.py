from . import meter_common
from . import test_reading_intake
