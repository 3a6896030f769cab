from . import hookup
