from . import haerun_collection_taking
from . import haerun_dunning_lettering
from . import haerun_dunning_delivery
from . import haerun_dunning_closing
from . import haerun_suspension_asking
from . import haerun_suspension_deciding
from . import haerun_reassign
from . import res_config_settings
