"""Chromium as the drawing engine: an SVG document goes in, an array of pixels comes out."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

Pixels = NDArray[np.float32]


def pixels(values: ArrayLike) -> Pixels:
    """The values as an array that a picture can be made of."""
    return np.asarray(values, dtype=np.float32)


QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 120_000  # milliseconds; a scene with many blurs takes a while on a small machine


class Easel:
    """A browser that draws; made by `easel()`."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        """Draw with this browser, and keep what it needs to load in this folder."""
        self._browser = browser
        self._folder = folder

    def draw(self, document: str, *, width: int, height: int, scale: float = 1.0) -> Pixels:
        """The pixels of an SVG document, 0 to 1, shape (height x scale, width x scale, 3)."""
        page = self._browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
        try:
            page.goto(self._written(document), timeout=PATIENCE)
            shot = page.screenshot(timeout=PATIENCE)
        finally:
            page.close()
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        return pixels(np.asarray(image)) / np.float32(255)

    def keep(self, name: str, drawing: Pixels) -> str:
        """Store a drawing (with or without alpha) for use in a document, and return the address to use there."""
        path = self._folder / f"{name}.png"
        Image.fromarray((drawing.clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path, compress_level=1)
        return path.name

    def _written(self, document: str) -> str:
        path = self._folder / "drawing.html"
        path.write_text(f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{document}', encoding="utf-8")
        return path.as_uri()


STYLE = "html,body{margin:0;background:#fff}svg{display:block}"


@contextmanager
def easel() -> Iterator[Easel]:
    """A browser to draw with: the one in CHROMIUM, else the system's, else the one playwright brought along."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            yield Easel(browser, Path(folder))
        finally:
            browser.close()
