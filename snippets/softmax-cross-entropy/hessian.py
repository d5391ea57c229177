import numpy as np

import lossref

for z in ([0.0, 0.0], [0.0, 0.0, 0.0], [4.0, 4.0, 0.0], [9.0, 0.0, 0.0]):
    hessian = lossref.softmax_cross_entropy_hess(z, 0)
    values = np.sort(np.linalg.eigvalsh(hessian)).round(4) + 0.0
    slope = (hessian @ np.ones(len(z))).round(4) + 0.0
    print(z, "eigenvalues", values.tolist(), "| J 1 =", np.abs(slope).tolist())
