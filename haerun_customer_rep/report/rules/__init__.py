from . import haerun_rule_overview_xlsx
