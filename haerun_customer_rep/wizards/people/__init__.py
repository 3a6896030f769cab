from . import haerun_area_import
