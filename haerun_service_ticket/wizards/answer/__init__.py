from . import haerun_ticket_feedback
from . import haerun_ticket_contacting
from . import haerun_petition_desk
from . import haerun_outage_turn
from . import res_config_settings
