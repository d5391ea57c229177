import numpy as np

for value in (1.0, 1000.0, 1e-22):
    gaps = float(np.spacing(np.float32(value))), float(np.spacing(value))
    relative = [gap / value for gap in gaps]
    print(f"{value:<8g}", *(f"{number:9.1e}" for number in (*gaps, *relative)))
