from . import haerun_rule_registry
from . import base
from . import haerun_rule_change
from . import haerun_rule_overview
from . import haerun_rule_demo
