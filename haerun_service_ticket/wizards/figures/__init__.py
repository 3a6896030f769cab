from . import haerun_ticket_workbook
