from . import account_number
from . import dial
from . import evidence
from . import judge
from . import period
from . import remote_file
from . import words
from . import opening_needs
