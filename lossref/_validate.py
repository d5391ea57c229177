"""Every check of an argument and every error message."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]
Positions = np.ndarray[Any, np.dtype[np.intp]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

BLOCK = 16_384  # elements: a temporary takes 128 KB, a few of them fit the L2 cache
FLOATS = (np.dtype(np.float64), np.dtype(np.float32))
FOR_LOGITS = {"probability": "sigmoid", "probabilities": "softmax"}


def blocks(rows: int, width: int = 1, size: int = BLOCK) -> list[slice]:
    """Slices that cover the rows, about `size` elements each; the last may end beyond them."""
    step = max(1, size // width)
    if rows <= step:
        return [slice(rows)]
    return [slice(start, start + step) for start in range(0, rows, step)]


def _dtype_name(value: np.ndarray[Any, Any]) -> str:
    return "str" if value.dtype.kind in "US" else str(value.dtype)


def _array(name: str, value: ArrayLike) -> np.ndarray[Any, Any]:
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, whose mask would be lost; pass what to keep")
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is not a rectangular array: {error}") from None


def real(name: str, value: ArrayLike, *, boolean: bool = False) -> Array:
    """Return an array of floats: float32 stays, float16 becomes float32, integers float64."""
    if type(value) is np.ndarray and value.dtype in FLOATS:
        return value
    array = _array(name, value)
    if array.dtype.kind not in ("fiub" if boolean else "fiu"):
        raise TypeError(f"{name} must hold real numbers, got dtype {_dtype_name(array)}")
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        raise TypeError(f"{name} must be float16, float32 or float64, got {array.dtype}")
    if array.dtype == np.float16:
        return array.astype(np.float32)
    native = array.dtype.newbyteorder("=") if array.dtype.kind == "f" else np.float64
    return array.astype(native, copy=False)


def same_shape(name: str, value: Array, other_name: str, other: Array) -> None:
    """Nothing broadcasts: the shapes must be equal."""
    if value.shape != other.shape:
        raise ValueError(
            f"{name} and {other_name} must have equal shapes, got {value.shape} and {other.shape}"
        )


def pair(name: str, value: ArrayLike, other_name: str, other: ArrayLike) -> tuple[Array, Array]:
    """Two real arrays of equal shape and one dtype.

    Integer targets that float32 holds exactly leave a float32 computation in float32.
    """
    first, second = real(name, value), real(other_name, other, boolean=True)
    same_shape(name, first, other_name, second)
    if first.dtype == second.dtype and first.dtype == getattr(other, "dtype", None):
        return first, second
    if first.dtype == np.float32 and np.asarray(other).dtype.kind in "iub":
        single = second.astype(np.float32)
        second = single if np.array_equal(single, second) else second
    dtype = np.result_type(first, second)
    return first.astype(dtype, copy=False), second.astype(dtype, copy=False)


def in_unit_interval(name: str, value: Array) -> None:
    """Every number lies in [0, 1] (NaN passes and comes out as NaN)."""
    if value.size and not (value.min() >= 0 and value.max() <= 1):
        wrong = (value < 0) | (value > 1)
        if wrong.any():
            hint = (
                f" (logits go into the {FOR_LOGITS[name]}_ functions)" if name in FOR_LOGITS else ""
            )
            raise ValueError(f"{name} must lie in [0, 1], got {value[wrong].flat[0]}{hint}")


def logits_and_target(logits: ArrayLike, target: ArrayLike) -> tuple[Array, Array]:
    """Logits of binary models, and targets in [0, 1] of equal shape."""
    z, y = pair("logits", logits, "target", target)
    in_unit_interval("target", y)
    return z, y


def has_classes(name: str, value: Array) -> None:
    """The last axis holds the classes: there is one, and it is not empty."""
    if value.ndim == 0:
        raise ValueError(f"{name} needs a last axis of classes, got a scalar")
    if value.shape[-1] == 0:
        raise ValueError(f"{name} has no classes: shape {value.shape}")


def distribution(name: str, value: Array, dtype: np.dtype[Any], keep: Mask | None = None) -> None:
    """Rows (those to keep) are non-negative and sum to 1 within sqrt(eps) of the dtype."""
    has_classes(name, value)
    rows = value.reshape(-1, value.shape[-1])
    tolerance = np.sqrt(np.finfo(dtype if dtype.kind == "f" else value.dtype).eps)
    for part in blocks(*rows.shape):
        some = rows[part] if keep is None else rows[part][keep.reshape(-1)[part]]
        in_unit_interval(name, some)
        total = some.sum(axis=-1, dtype=np.float64)
        wrong = np.abs(total - 1) > tolerance
        if wrong.any():
            raise ValueError(f"{name} must sum to 1 along the last axis, got {total[wrong][0]}")


def distributions(name: str, value: ArrayLike) -> Array:
    """An array of distributions over classes."""
    array = real(name, value)
    distribution(name, array, np.asarray(value).dtype)
    return array


def class_target(
    target: ArrayLike, shape: tuple[int, ...], dtype: Any, keep: Mask | None = None
) -> np.ndarray[Any, Any]:
    """Integer class indices of shape (...,), or a distribution of this shape (..., K).

    Only rows to keep are checked; the others may hold another library's marker, such as -100.
    """
    array = _array("target", target)
    if array.shape == shape[:-1] and (array.dtype.kind in "iu" or array.size == 0):
        return _checked_indices(array, shape[-1], keep)
    if array.dtype.kind not in "iufb":
        raise TypeError(f"target must hold real numbers, got dtype {_dtype_name(array)}")
    if array.shape != shape:
        raise ValueError(
            f"target must be class indices (integers) of shape {shape[:-1]} or a distribution of "
            f"shape {shape}, got dtype {array.dtype} and shape {array.shape}"
        )
    values = real("target", array, boolean=True)
    distribution("target", values, array.dtype, keep)
    wide = np.result_type(dtype, values) if array.dtype.kind == "f" else dtype
    return values.astype(wide, copy=False)


def one_hot(target: ArrayLike, shape: tuple[int, ...], dtype: Any) -> Array:
    """A class target as a distribution of this shape."""
    t = class_target(target, shape, dtype)
    if t.shape == shape:
        return t
    rows = np.zeros(shape, dtype=dtype)
    np.put_along_axis(rows, t[..., np.newaxis], 1, axis=-1)
    return rows


def _checked_indices(labels: np.ndarray[Any, Any], classes: int, keep: Mask | None) -> Positions:
    """The labels as positions; one comparison finds both ends, as -1 without a sign is huge."""
    positions = labels.astype(np.intp, copy=False)
    if positions.size == 0:
        return positions
    unsigned = positions.view(np.uintp)
    if keep is None:
        largest = unsigned.item(unsigned.argmax())  # in a small batch max takes ten times as long
    else:
        largest = unsigned.max(initial=0, where=keep)
    if largest >= classes:
        wrong = labels[(unsigned >= classes) & (True if keep is None else keep)]
        raise ValueError(
            f"class indices must lie in 0..{classes - 1}, got {wrong.flat[0]}"
            " (to leave rows out, index with a mask)"
        )
    return positions


def class_weights(weights: ArrayLike | None, classes: int) -> Array | None:
    """One non-negative finite weight per class."""
    if weights is None:
        return None
    array = real("class_weights", weights)
    if array.shape != (classes,):
        raise ValueError(f"class_weights must have shape ({classes},), got {array.shape}")
    return non_negative("class_weights", array)


def non_negative(name: str, value: Array) -> Array:
    """Finite and at least 0."""
    wrong = ~((value >= 0) & np.isfinite(value))
    if wrong.any():
        raise ValueError(f"{name} must be finite and non-negative, got {value[wrong].flat[0]}")
    return value


def parameter(
    name: str,
    value: float,
    *,
    low: float = 0.0,
    high: float = np.inf,
    open_low: bool = False,
) -> float:
    """A finite number in [low, high], or above the low end."""
    array = real(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be a number, got an array of shape {array.shape}")
    number = float(array)
    if not (low < number if open_low else low <= number) or not number <= high or np.isinf(number):
        left, right = "(" if open_low else "[", ")" if np.isinf(high) else "]"
        raise ValueError(f"{name} must lie in {left}{low:g}, {high:g}{right}, got {number}")
    return number


def mask(where: ArrayLike, shape: tuple[int, ...]) -> Mask:
    """A boolean mask of this shape."""
    array = np.asarray(where)
    if array.dtype != bool:
        raise TypeError(f"where must be boolean, got dtype {_dtype_name(array)}")
    if array.shape != shape:
        raise ValueError(f"where must have shape {shape}, got {array.shape}")
    return array


def not_empty(name: str, size: int) -> None:
    """A mean over nothing has no value."""
    if size == 0:
        raise ValueError(f"{name}: the mean of no values is not defined")


def plain(value: Any) -> Any:
    """A Python float for a result without dimensions."""
    return float(value) if np.ndim(value) == 0 else value
