from . import meter_common
from . import test_account
from . import test_reading_intake
from . import test_reading_judge
from . import test_reading_plan
from . import test_reading_submit
from . import test_reading_import
from . import test_reading_book
