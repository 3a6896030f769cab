from . import meter_common
from . import test_reading_intake
from . import check_common
from . import test_check_opening
from . import test_check_way
from . import test_check_rectifying
from . import test_check_json2
from . import test_tour_check
