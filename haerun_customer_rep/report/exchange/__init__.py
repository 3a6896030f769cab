from . import haerun_figures_xlsx
