"""The libraries that lossref is compared with, on one thread and in double precision.

Import this module before NumPy: the numbers of threads are read when a library is loaded.
"""

import importlib
import os
from importlib.metadata import version
from typing import Any

for _name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ.setdefault("KERAS_BACKEND", "numpy")

# name on the pages -> (distribution, module)
LIBRARIES = {
    "PyTorch": ("torch", "torch"),
    "JAX": ("jax", "jax"),
    "Optax": ("optax", "optax"),
    "SciPy": ("scipy", "scipy.special"),
    "scikit-learn": ("scikit-learn", "sklearn._loss.loss"),
    "Keras": ("keras", "keras"),
}


def load(name: str) -> Any:
    """The module of a library, or None where it is not installed."""
    try:
        module = importlib.import_module(LIBRARIES[name][1])
    except ModuleNotFoundError:
        return None
    if name == "PyTorch":
        module.set_num_threads(1)
        module.set_warn_always(True)
    return module


def versions() -> dict[str, str]:
    """Versions of what is installed, with Python, NumPy and lossref."""
    import platform

    found = {"Python": platform.python_version()}
    for name, (distribution, _) in {"NumPy": ("numpy", ""), **LIBRARIES}.items():
        if name == "NumPy" or load(name) is not None:
            found[name] = version(distribution)
    return found


def machine() -> dict[str, Any]:
    """What the numbers depend on beside the versions."""
    import platform

    import numpy as np

    cpu = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            cpu = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), cpu)
    except OSError:
        pass
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return {
        "cpu": cpu,
        "system": f"{platform.system()} {platform.machine()}",
        "simd": sorted([*simd.get("baseline", []), *simd.get("found", [])]),
    }
