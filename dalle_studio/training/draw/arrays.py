"""Names for arrays by the kind of their elements.

OpenCV's type stubs say nothing about elements, so these names inform the reader, not the type checker.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

Bytes = NDArray[Any]
"""uint8, 0 to 255."""
Floats = NDArray[Any]
"""float32."""
Integers = NDArray[Any]
"""int32 or int64."""
Mask = NDArray[Any]
"""bool."""
