from . import haerun_rule_registry
