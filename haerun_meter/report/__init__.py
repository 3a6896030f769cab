from . import figures
<<<<<<< HEAD
from . import books
=======
from . import revenue
>>>>>>> 18965747d115ebbf2eb5a822cc77b116194f9edd
