"""Draw the pictures: `python -m content.artwork [beginning of a name ...]`."""

import sys

from content.artwork.draw import draw

draw(sys.argv[1:])
