from . import haerun_visit_question
from . import haerun_visit_answer
from . import haerun_clock
from . import haerun_ticket
from . import haerun_ticket_report
from . import haerun_ticket_figures
from . import haerun_ticket_heat
from . import haerun_ticket_wall
