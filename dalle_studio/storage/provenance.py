"""What a picture says of where it comes from when it leaves the studio, and nothing else.

Every picture that a model had a hand in says so in XMP (ISO 16684-1), by the IPTC's digital source type.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from PIL import PngImagePlugin

from dalle_studio import __version__
from dalle_studio.core.recipe import Parent, Recipe

_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MADE_BY_MODEL = f"{_TYPES}trainedAlgorithmicMedia"
MADE_WITH_MODEL = f"{_TYPES}compositeWithTrainedAlgorithmicMedia"
PNG_KEYWORD = b"XML:com.adobe.xmp"
_PNG_HEADER_BYTES = 8 + 25  # signature and IHDR, after which any text may stand

RecipeOf = Callable[[Parent], Recipe | None]
"""The recipe of a source picture; None where it was not made here, or that is not known."""


def unknown(parent: Parent) -> Recipe | None:
    """No source picture is known."""
    return None


def source_type(recipe: Recipe | None, recipe_of: RecipeOf = unknown) -> str | None:
    """The URI of what a picture is, in IPTC's terms.

    A picture that goes back to one that was not made here is a composite; every other one with a recipe was
    made by the model alone. None without a recipe: the model had no hand in it.
    """
    if recipe is None:
        return None
    waiting, seen = list(recipe.parents), set[str]()
    while waiting:
        parent = waiting.pop()
        if parent.sha256 in seen:
            continue
        seen.add(parent.sha256)
        made = recipe_of(parent)
        if made is None:
            return MADE_WITH_MODEL
        waiting.extend(made.parents)
    return MADE_BY_MODEL


def xmp_packet(kind: str) -> bytes:
    """An XMP packet that tells the digital source type and the studio, and no more."""
    attributes = {
        "xmlns:Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "xmlns:xmp": "http://ns.adobe.com/xap/1.0/",
        "Iptc4xmpExt:DigitalSourceType": kind,
        "xmp:CreatorTool": f"Dalle Studio {__version__}",
    }
    told = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {told}/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def png_with_xmp(data: bytes, packet: bytes) -> bytes:
    """A PNG with an XMP packet, in the chunk that the XMP specification (part 3) names."""
    target = io.BytesIO()
    target.write(data[:_PNG_HEADER_BYTES])
    _put_text(target, packet)
    target.write(data[_PNG_HEADER_BYTES:])
    return target.getvalue()


def _put_text(target: BinaryIO, packet: bytes) -> None:
    """Not compressed and of no language, as readers expect it."""
    PngImagePlugin.putchunk(target, b"iTXt", PNG_KEYWORD, b"\0\0\0\0\0", packet)
