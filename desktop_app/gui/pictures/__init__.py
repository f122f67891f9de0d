"""The picture archive: the grid, the words of a picture, and pictures into the places of stories."""
