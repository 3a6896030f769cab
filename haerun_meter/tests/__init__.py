from . import meter_common
from . import test_reading_intake
from . import opening_common
from . import test_opening_needs
from . import test_opening_request
