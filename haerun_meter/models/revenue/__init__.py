from . import haerun_revenue_figure
from . import haerun_revenue_report
from . import haerun_arrears_report
from . import haerun_ageing_report
