#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the broken PNG files of this folder, the same bytes on every run."""
import pathlib
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FOLDER = pathlib.Path(__file__).resolve().parent / "png"


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width, height, depth=8, color=0, interlaced=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))


def pixels(data):
    return chunk(b"IDAT", zlib.compress(data, 9))


END = chunk(b"IEND")
ROWS = b"".join(b"\0" + bytes(range(y, y + 4)) for y in range(4))
WHOLE = SIGNATURE + header(4, 4) + pixels(ROWS) + END
# A stream that begins with a copy of bytes that were never written: fixed Huffman codes, length 3,
# distance 1.
FAR_BACK = b"\x78\x9c\x03\x02\x00\x00\x00\x00"

FILES = {
    "no-bytes-after-signature.png": SIGNATURE,
    "signature-as-text.png": WHOLE.replace(b"\r\n", b"\n"),
    "header-40000-in-200-bytes.png": (SIGNATURE + header(40000, 40000) + pixels(ROWS)).ljust(200, b"\0"),
    "header-sides-over-limit.png": SIGNATURE + header(0x7FFFFFFF, 0x7FFFFFFF, 16, 6) + pixels(ROWS) + END,
    "header-width-0.png": SIGNATURE + header(0, 4) + pixels(ROWS) + END,
    "header-twice.png": SIGNATURE + header(4, 4) + header(400, 400) + pixels(ROWS) + END,
    "no-image-data.png": SIGNATURE + header(4, 4) + END,
    "empty-image-data.png": SIGNATURE + header(4, 4) + chunk(b"IDAT") + END,
    "too-few-rows.png": SIGNATURE + header(4, 4) + pixels(ROWS[:10]) + END,
    "too-many-rows.png": SIGNATURE + header(4, 4) + pixels(ROWS * 9) + END,
    "unknown-filter.png": SIGNATURE + header(4, 4) + pixels(b"\x07" + ROWS[1:]) + END,
    "stream-refers-too-far-back.png": SIGNATURE + header(4, 4) + chunk(b"IDAT", FAR_BACK) + END,
    "palette-missing.png": SIGNATURE + header(4, 4, 8, 3) + pixels(ROWS) + END,
    "palette-not-in-threes.png": SIGNATURE + header(4, 4, 8, 3) + chunk(b"PLTE", b"1234") + pixels(ROWS) + END,
    "palette-of-no-entries.png": SIGNATURE + header(4, 4, 8, 3) + chunk(b"PLTE") + pixels(ROWS) + END,
    "chunk-length-4-gib.png": SIGNATURE + header(4, 4) + b"\xff\xff\xff\xffIDAT" + bytes(20),
    "unknown-critical-chunk.png": SIGNATURE + header(4, 4) + chunk(b"ABCD", b"x") + pixels(ROWS) + END,
    "interlaced-one-pass-only.png": SIGNATURE + header(9, 9, 8, 0, 1) + pixels(b"\0\1\2" * 2) + END,
    "wrong-zlib-checksum.png": SIGNATURE
    + header(4, 4)
    + chunk(b"IDAT", zlib.compress(ROWS)[:-1] + b"\x55")
    + END,
    "no-end.png": WHOLE[: -len(END)],
}

for name, data in FILES.items():
    (FOLDER / name).write_bytes(data)
