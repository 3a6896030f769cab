from . import substitution
