from . import haerun_petition_turn
from . import haerun_petition_import
from . import haerun_petition_desk
from . import haerun_petition_desk_found
