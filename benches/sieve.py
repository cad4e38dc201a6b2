"""The texts that the sieve searches for, as its source has them."""
import re
from pathlib import Path

SOURCE = (Path(__file__).resolve().parent.parent / "src/sieve/anchors.rs").read_text()


def anchors(name):
    """Those of the set RARE or FULL, as bytes."""
    texts = re.search(rf"pub const {name}: &\[&str\] = &\[\n(.*?)\n\];", SOURCE, re.S)[1]
    return [re.sub(r"\\(.)", r"\1", text).encode() for text in re.findall(r'^    "(.*)",$', texts, re.M)]
