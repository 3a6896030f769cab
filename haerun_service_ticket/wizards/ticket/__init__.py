from . import haerun_ticket_turn
from . import haerun_ticket_contacting
from . import haerun_ticket_measures
from . import haerun_ticket_feedback
