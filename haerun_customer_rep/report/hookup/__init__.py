from . import haerun_hookup_figures_xlsx
