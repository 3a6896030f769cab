from . import test_exchange_tabular
