#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the broken files of ../crashers/tiff, the same bytes on every run. The seeds are sound files
and come from libtiff, by way of ../io/tiff-file.h."""
import pathlib
import struct
import zlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "crashers" / "tiff"
SIZE = 400
DATA = 200
NONE, LZW, JPEG, FAX4, DEFLATE, PACKBITS = 1, 5, 7, 4, 8, 32773


def tiff(data=b"", size=SIZE, next_directory=0, **fields):
    """One directory at byte 8, pixels at byte 200; fields replace the tags of 4 x 4 grey pixels."""
    tags = {"width": (256, 4), "height": (257, 4), "bits": (258, 8), "compression": (259, NONE),
            "photometric": (262, 1), "offsets": (273, DATA), "channels": (277, 1),
            "rows": (278, 0xFFFFFFFF), "counts": (279, 16), "planar": (284, 1),
            "tile_width": (322, None), "tile_height": (323, None), "tile_offsets": (324, None),
            "tile_counts": (325, None), "extra": (338, None), "format": (339, 1)}
    entries = []
    for name, (tag, value) in tags.items():
        value = fields.get(name, value)
        if value is not None:
            count, value = value if isinstance(value, tuple) else (1, value)
            entries.append(struct.pack("<HHII", tag, 4, count, value))
    directory = struct.pack("<H", len(entries)) + b"".join(entries)
    head = b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", next_directory)
    return (head.ljust(DATA, b"\0") + data).ljust(size, b"\0")


def tiled(side, **fields):
    return tiff(offsets=None, counts=None, rows=None, tile_width=side, tile_height=side,
                tile_offsets=DATA, tile_counts=16, **fields)


PACKED = zlib.compress(bytes(16))
FILES = {
    "signature-alone.tif": b"II*\0",
    "directory-behind-the-file.tif": b"II*\0\xff\xff\xff\xff",
    "directory-names-itself.tif": tiff(next_directory=8),
    "directory-of-65535-entries.tif": b"II*\0\x08\0\0\0\xff\xff" + bytes(200),
    "big-tiff-directory-that-wraps.tif": b"II+\0\x08\0\0\0" + b"\xf8" + b"\xff" * 7 + bytes(40),
    "width-0.tif": tiff(width=0),
    "sides-over-limit.tif": tiff(width=0xFFFFFFFF, height=0xFFFFFFFF),
    "40000-in-400-bytes.tif": tiff(width=40000, height=40000),
    "deflate-40000-in-400-bytes.tif": tiff(PACKED, width=40000, height=40000, compression=DEFLATE),
    "fax-a-million-rows.tif": tiff(width=8, height=1000000, bits=1, compression=FAX4, counts=200),
    "tiles-of-65536.tif": tiled(65536, compression=PACKBITS),
    "tiles-of-0.tif": tiled(0),
    "many-small-tiles.tif": tiled(16, width=100000, height=100000),
    "strip-behind-the-file.tif": tiff(offsets=0x7FFFFFFF),
    "strips-overlap.tif": tiff(struct.pack("<100I", *[900] * 100), size=1000, height=100, rows=1,
                               compression=PACKBITS, offsets=(100, DATA), counts=(100, DATA)),
    "table-of-strips-cut-off.tif": tiff(height=100, width=1, rows=1, offsets=(100, 300),
                                        counts=(100, 300)),
    "deflate-cut-off.tif": tiff(PACKED[:4], compression=DEFLATE, counts=4),
    "lzw-of-nothing.tif": tiff(b"\x80\x40", compression=LZW, counts=2),
    "packbits-beyond-the-strip.tif": tiff(b"\x81\x07", compression=PACKBITS, counts=2),
    "jpeg-of-another-size.tif": tiff(b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0"
                                     b"\xff\xda\0\x08\x01\x01\0\0?\0\xff\xd9",
                                     compression=JPEG, counts=40),
    "jpeg-of-no-bytes.tif": tiff(compression=JPEG, counts=0),
    "sixty-thousand-channels.tif": tiff(channels=60000, counts=16),
    "complex.tif": tiff(bits=64, format=6, counts=128),
}

FOLDER.mkdir(parents=True, exist_ok=True)
for name, content in FILES.items():
    (FOLDER / name).write_bytes(content)
