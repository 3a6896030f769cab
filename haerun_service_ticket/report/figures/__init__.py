from . import haerun_ticket_workbook_xlsx
