from . import reading_round
