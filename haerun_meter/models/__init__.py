from . import account
from . import meter
from . import reading
from . import opening
from . import check
from . import round
from . import figures
from . import device
from . import customer
from . import tariff
from . import bill
from . import payment
<<<<<<< HEAD
from . import bank
from . import books
=======
from . import revenue
>>>>>>> 18965747d115ebbf2eb5a822cc77b116194f9edd
from . import demo
