from . import haerun_contact_reveal
from . import haerun_hookup_figures
from . import haerun_hookup_design_choice
from . import haerun_hookup_design_finish
from . import haerun_hookup_import
from . import haerun_hookup_turn
from . import haerun_survey_reason
