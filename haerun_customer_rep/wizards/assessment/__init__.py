from . import haerun_assessment_stating
from . import haerun_assessment_reviewing
from . import haerun_assessment_adjusting
from . import haerun_assessment_appealing
from . import haerun_assessment_deciding
