"""Whatever torchvision is installed, and for whatever torch it was built, pictures are prepared by Pillow."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from dalle_studio.engine.without_torchvision import hide_torchvision, stand_in_for_torchvision
hide_torchvision()
with stand_in_for_torchvision():
    import spandrel
import transformers
from transformers import CLIPVisionModelWithProjection
print(transformers.CLIPImageProcessor.__name__, [name for name in sys.modules if name.startswith("torchvision")],
    sys.modules["torchvision"], len(spandrel.MAIN_REGISTRY.architectures()) > 30)
"""


def test_transformers_takes_pillow_and_spandrel_loads_all_the_same() -> None:
    told = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout
    assert told.split("\n")[0] == "CLIPImageProcessorPil ['torchvision'] None True"
