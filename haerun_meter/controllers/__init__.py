from . import reading_round
from . import water_portal
