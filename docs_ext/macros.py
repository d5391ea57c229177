"""The semantic TeX commands of the site: one name per meaning, one place for its look.

Pages use these names instead of raw typesetting, so that a formula says what it means and
can be read by a program as well as by a person. The notation page explains each symbol.
"""

MACROS = {
    # predictions and targets
    "pred": r"\hat{y}",
    "vpred": r"\hat{\mathbf{y}}",
    "vz": r"\mathbf{z}",
    "vp": r"\mathbf{p}",
    "vq": r"\mathbf{q}",
    "vt": r"\mathbf{t}",
    "vy": r"\mathbf{y}",
    "vw": r"\mathbf{w}",
    "vx": r"\mathbf{x}",
    "vf": r"\mathbf{f}",
    "vu": r"\mathbf{u}",
    "vv": r"\mathbf{v}",
    "vone": r"\mathbf{1}",
    "T": r"\mathsf{T}",
    # losses
    "loss": r"\ell",
    "meanloss": r"L",
    "SE": r"\ell_{\mathrm{SE}}",
    "MSE": r"L_{\mathrm{MSE}}",
    "AE": r"\ell_{\mathrm{AE}}",
    "BCE": r"\ell_{\mathrm{BCE}}",
    "CE": r"\ell_{\mathrm{CE}}",
    "Brier": r"\ell_{\mathrm{Brier}}",
    "Huber": r"\ell_{\mathrm{Huber}}",
    "Focal": r"\ell_{\mathrm{focal}}",
    # functions
    "sigmoid": r"\sigma",
    "softplus": r"\operatorname{softplus}",
    "softmax": r"\operatorname{softmax}",
    "logsoftmax": r"\operatorname{logsoftmax}",
    "lse": r"\operatorname{logsumexp}",
    "logit": r"\operatorname{logit}",
    "loneplus": r"\operatorname{log1p}",
    "sign": r"\operatorname{sign}",
    "argmin": r"\operatorname*{arg\,min}",
    "argmax": r"\operatorname*{arg\,max}",
    "diag": r"\operatorname{diag}",
    "Jac": r"\mathbf{J}",
    "abs": r"\left|#1\right|",
    "norm": r"\left\lVert#1\right\rVert",
    "ind": r"\mathbf{1}\left[#1\right]",
    # sums and means
    "sumi": r"\sum_{i=1}^{n}",
    "sumk": r"\sum_{k=1}^{K}",
    "sumj": r"\sum_{j=1}^{K}",
    "sumjnec": r"\sum_{j\ne c}",
    "meani": r"\frac{1}{n}\sum_{i=1}^{n}",
    # derivatives
    "dd": r"\frac{\partial #1}{\partial #2}",
    "ddd": r"\frac{\partial^2 #1}{\partial #2^2}",
    "ddx": r"\frac{\partial^2 #1}{\partial #2\,\partial #3}",
    "grad": r"\nabla",
    "Int": r"\int_{#1}^{#2} #3 \, d#4",
    # probability and information
    "E": r"\mathbb{E}",
    "Var": r"\operatorname{Var}",
    "Prob": r"\operatorname{P}",
    "Normal": r"\mathcal{N}",
    "Ent": r"H",
    "CEof": r"H(#1,#2)",
    "KL": r"\operatorname{KL}(#1\,\Vert\,#2)",
    "Real": r"\mathbb{R}",
    "eps": r"\varepsilon",
    # complex numbers (the complex step)
    "iunit": r"\mathrm{i}",
    "imag": r"\operatorname{Im}",
}
