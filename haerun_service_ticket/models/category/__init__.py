from . import haerun_ticket_category
from . import haerun_ticket_category_material
from . import haerun_ticket_rule
