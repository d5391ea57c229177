"""Every check of an argument and every error message."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]
Positions = np.ndarray[Any, np.dtype[np.intp]]


def _dtype_name(value: np.ndarray[Any, Any]) -> str:
    return "str" if value.dtype.kind in "US" else str(value.dtype)


def _array(name: str, value: ArrayLike) -> np.ndarray[Any, Any]:
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, whose mask would be lost; use where=")
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is not a rectangular array: {error}") from None


def real(name: str, value: ArrayLike, *, boolean: bool = False) -> Array:
    """Return an array of floats: float32 stays, float16 becomes float32, integers float64."""
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
    if first.dtype == np.float32 and np.asarray(other).dtype.kind in "iub":
        single = second.astype(np.float32)
        second = single if np.array_equal(single, second) else second
    dtype = np.result_type(first, second)
    return first.astype(dtype, copy=False), second.astype(dtype, copy=False)


def in_unit_interval(name: str, value: Array) -> None:
    """Every number lies in [0, 1] (NaN passes and comes out as NaN)."""
    wrong = (value < 0) | (value > 1)
    if wrong.any():
        raise ValueError(f"{name} must lie in [0, 1], got {value[wrong].flat[0]}")


def has_classes(name: str, value: Array) -> None:
    """The last axis holds the classes: there is one, and it is not empty."""
    if value.ndim == 0:
        raise ValueError(f"{name} needs a last axis of classes, got a scalar")
    if value.shape[-1] == 0:
        raise ValueError(f"{name} has no classes: shape {value.shape}")


def distribution(name: str, value: Array, dtype: np.dtype[Any]) -> None:
    """Rows are non-negative and sum to 1 within sqrt(eps) of the dtype."""
    has_classes(name, value)
    in_unit_interval(name, value)
    total = value.sum(axis=-1, dtype=np.float64)
    wrong = np.abs(total - 1) > np.sqrt(np.finfo(dtype if dtype.kind == "f" else value.dtype).eps)
    if wrong.any():
        raise ValueError(f"{name} must sum to 1 along the last axis, got {total[wrong].flat[0]}")


def distributions(name: str, value: ArrayLike) -> Array:
    """An array of distributions over classes."""
    array = real(name, value)
    distribution(name, array, np.asarray(value).dtype)
    return array


def class_target(
    target: ArrayLike, shape: tuple[int, ...], dtype: Any, keep: Any = True
) -> np.ndarray[Any, Any]:
    """Integer class indices of shape (...,), or a distribution of this shape (..., K).

    Only rows to keep are checked; the others may hold another library's marker, such as -100.
    """
    array = _array("target", target)
    if array.size == 0 and array.shape == shape[:-1]:
        array = array.astype(np.int64)
    if array.dtype.kind not in "iufb":
        raise TypeError(f"target must hold real numbers, got dtype {_dtype_name(array)}")
    if array.shape == shape:
        values = real("target", array, boolean=True)
        kept = np.broadcast_to(keep, shape[:-1])
        distribution("target", values[kept], array.dtype)
        return values.astype(np.result_type(dtype, values) if array.dtype.kind == "f" else dtype)
    if array.shape != shape[:-1] or array.dtype.kind not in "iu":
        raise ValueError(
            f"target must be class indices (integers) of shape {shape[:-1]} or a distribution of "
            f"shape {shape}, got dtype {array.dtype} and shape {array.shape}"
        )
    return _checked_indices(array, shape[-1], keep)


def one_hot(target: ArrayLike, shape: tuple[int, ...], dtype: Any) -> Array:
    """A class target as a distribution of this shape."""
    t = class_target(target, shape, dtype)
    if t.shape == shape:
        return t
    rows = np.zeros(shape, dtype=dtype)
    np.put_along_axis(rows, t[..., np.newaxis], 1, axis=-1)
    return rows


def _checked_indices(
    labels: np.ndarray[Any, Any], classes: int, keep: np.ndarray[Any, Any]
) -> Positions:
    wrong = keep & ((labels < 0) | (labels >= classes))
    if wrong.any():
        raise ValueError(
            f"class indices must lie in 0..{classes - 1}, got {labels[wrong].flat[0]}"
            " (to leave rows out, use where=)"
        )
    return np.where(keep, labels, 0).astype(np.intp)


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
    """A finite number in [low, high], or in (low, high]."""
    array = real(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be a number, got an array of shape {array.shape}")
    number = float(array)
    if not (low < number if open_low else low <= number) or not number <= high or np.isinf(number):
        bracket = "(" if open_low else "["
        raise ValueError(f"{name} must lie in {bracket}{low:g}, {high:g}], got {number}")
    return number


def mask(where: ArrayLike | None, shape: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """A boolean mask of this shape; None keeps everything."""
    if where is None:
        return np.ones(shape, dtype=bool)
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
