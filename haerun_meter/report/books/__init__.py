from . import haerun_books_check_xlsx
