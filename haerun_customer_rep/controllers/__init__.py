from . import guesses
from . import hookup_page
