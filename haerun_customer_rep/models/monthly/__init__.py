from . import haerun_monthly_figures
from . import haerun_monthly_report
from . import haerun_monthly_report_files
from . import haerun_report_sending
from . import haerun_report_sent
from . import haerun_assessment
from . import haerun_monthly_demo
