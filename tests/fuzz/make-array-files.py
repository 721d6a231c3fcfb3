#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the seeds and the broken files of gzip, NIfTI and NumPy's formats, the same bytes on every run."""
import gzip
import io
import pathlib
import struct
import zipfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
SEEDS = TESTS / "fuzz/seeds"
CRASHERS = TESTS / "crashers"


# --- NumPy arrays ---


def npy(dtype, shape, data, fortran=False, version=1):
    text = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n" % (dtype, fortran, shape)
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text.encode() + data


ONE_HOT = npy("|b1", "(3, 2, 2)", bytes([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1]))

NPY_SEEDS = {
    "bool.npy": npy("|b1", "(2, 3)", bytes([0, 1, 1, 0, 0, 1])),
    "uint8.npy": npy("|u1", "(2, 3)", bytes(range(6)), fortran=True),
    "uint16-big-endian.npy": npy(">u2", "(1, 2, 2)", struct.pack(">4H", 0, 1000, 2000, 65535)),
    "int32.npy": npy("<i4", "(2, 2)", struct.pack("<4i", 0, -1, 7, 70000), version=2),
    "uint64.npy": npy("<u8", "(1, 2)", struct.pack("<2Q", 5, 2**32 - 1)),
    "float16.npy": npy("<f2", "(2, 2)", struct.pack("<4e", 0, 0.25, 0.5, 1)),
    "float64-ids.npy": npy(">f8", "(2, 2)", struct.pack(">4d", 0, 1, 16777217, 2)),
    "rgb.npy": npy("|u1", "(2, 2, 3)", bytes(range(12))),
    "one-hot.npy": ONE_HOT,
    "scores.npy": npy("<f4", "(2, 2, 2)", struct.pack("<8f", 0.1, 0.9, 0.5, 0.5, 0.75, 0.25, 1, 0)),
}

NPY_CRASHERS = {
    "shape-beyond-memory.npy": npy("<f8", "(4294967295, 4294967295)", b""),
    "rows-of-nothing.npy": npy("<f4", "(4294967295, 0)", b""),
    "not-a-number.npy": npy("<f4", "(1, 2)", struct.pack("<2f", 0.5, float("nan"))),
    "no-score-is-a-number.npy": npy("<f4", "(2, 2, 2)", struct.pack("<8f", *[float("nan")] * 8)),
    "whole-number-beyond-32-bits.npy": npy("<u8", "(1, 2)", struct.pack("<2Q", 1, 2**64 - 1)),
    "two-channels-set.npy": npy("|b1", "(2, 2, 2)", bytes([1] * 8)),
    "no-channel-set.npy": npy("|b1", "(2, 2, 2)", bytes(8)),
    "volume.npy": npy("<i4", "(2, 2, 2)", struct.pack("<8i", *range(8))),
    "number-alone.npy": npy("|u1", "()", b"\1"),
    "row-alone.npy": npy("|u1", "(4,)", b"\1\2\3\4"),
    "four-axes.npy": npy("|u1", "(2, 2, 2, 2)", bytes(16)),
}

# --- NumPy archives ---


def archive(members, method=zipfile.ZIP_DEFLATED, zip64=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            info = zipfile.ZipInfo(name)  # of 1980, so that the bytes do not change
            info.compress_type = method
            with file.open(info, "w", force_zip64=zip64) as member:
                member.write(data)
    return out.getvalue()


def directory_of(data):
    return data.index(b"PK\1\2")


def patched(data, at, new):
    return data[:at] + new + data[at + len(new) :]


SMALL = npy("|u1", "(2, 2)", bytes([0, 1, 1, 0]))
STORED = archive([("arr_0.npy", SMALL)], zipfile.ZIP_STORED)
DEFLATED = archive([("arr_0.npy", SMALL)])
ENCRYPTED = patched(patched(STORED, 6, b"\1\0"), directory_of(STORED) + 8, b"\1\0")

NPZ_SEEDS = {
    "stored.npz": STORED,
    "deflated.npz": archive([("arr_0.npy", SMALL), ("arr_1.npy", ONE_HOT)]),
    "folders.npz": archive([("masks/a.npy", SMALL), ("read me.txt", b"not an array")]),
    "zip64.npz": archive([("mask.npy", SMALL)], zipfile.ZIP_STORED, zip64=True),
}

NPZ_CRASHERS = {
    "no-directory.npz": STORED[: directory_of(STORED)],
    "directory-cut-off.npz": STORED[:-30],
    "no-entries.npz": archive([]),
    "no-arrays.npz": archive([("a.txt", b"text")]),
    "encrypted.npz": ENCRYPTED,
    "unknown-method.npz": patched(patched(STORED, 8, b"\x0c\0"), directory_of(STORED) + 10, b"\x0c\0"),
    "wrong-checksum.npz": STORED.replace(SMALL, SMALL[:-1] + b"\1"),
    "deflated-data-broken.npz": patched(DEFLATED, 39, b"\xff\xff\xff\xff"),
    "size-promised-4-gib.npz": patched(STORED, directory_of(STORED) + 20, b"\xfe\xff\xff\xff" * 2),
    "data-behind-the-file.npz": patched(STORED, directory_of(STORED) + 42, b"\0\xff\xff\x7f"),
    "bomb.npz": archive([("arr_0.npy", npy("|u1", "(4096, 4096)", bytes(1 << 24)))]),
    "same-name-twice.npz": archive([("arr_0.npy", SMALL), ("arr_1.npy", SMALL)]).replace(b"arr_1.npy", b"arr_0.npy"),
}

# --- NIfTI ---

CODES = {"u1": 2, "i2": 4, "i4": 8, "f4": 16, "c8": 32, "f8": 64, "rgb": 128, "u2": 512, "i8": 1024}
SIZES = {"u1": 1, "i2": 2, "i4": 4, "f4": 4, "c8": 8, "f8": 8, "rgb": 3, "u2": 2, "i8": 8}


def nifti(kind, dims, data, order="<", version=1, offset=None, scale=(0, 0), n_dims=None, magic=None):
    sizes = [len(dims) if n_dims is None else n_dims] + list(dims) + [1] * (7 - len(dims))
    spacing = [1, 0.5, 0.75, 3, 0, 0, 0, 0]
    bits = 8 * SIZES[kind]
    start = 348 if version == 1 else 540
    offset = start + 4 if offset is None else offset
    if version == 1:
        head = struct.pack(order + "i", 348).ljust(40, b"\0") + struct.pack(order + "8h", *sizes)
        head = head.ljust(70, b"\0") + struct.pack(order + "2h", CODES[kind], bits)
        head = head.ljust(76, b"\0") + struct.pack(order + "8f3f", *spacing, offset, *scale)
        head = head.ljust(123, b"\0") + b"\2"
        head = head.ljust(344, b"\0") + (magic or b"n+1\0")
    else:
        head = struct.pack(order + "i", 540) + (magic or b"n+2\0\r\n\x1a\n")
        head += struct.pack(order + "2h8q3d8dq2d", CODES[kind], bits, *sizes, 0, 0, 0, *spacing, offset, *scale)
        head = head.ljust(500, b"\0") + struct.pack(order + "i", 2)
    return (head.ljust(start, b"\0") + bytes(4)).ljust(max(offset, start) if offset < 4096 else start, b"\0") + data


def squeezed(data):
    return gzip.compress(data, 9, mtime=0)


VOLUME = nifti("u1", (3, 2, 2), bytes(range(12)))

NIFTI_SEEDS = {
    "uint8.nii": VOLUME,
    "int16-big-endian.nii": nifti("i2", (2, 2, 2), struct.pack(">8h", *range(-4, 4)), ">"),
    "float32-scaled.nii": nifti("f4", (2, 2), struct.pack("<4f", 0, 1, 2, 3), scale=(0.5, 0.25)),
    "nifti-2.nii": nifti("i4", (2, 2, 2), struct.pack("<8i", *range(8)), version=2),
    "nifti-2-float64-big-endian.nii": nifti("f8", (2, 2), struct.pack(">4d", 0, 0.5, 1, 1), ">", 2),
    "extension.nii": nifti("u1", (2, 2, 2), bytes(range(8)), offset=384),
    "uint8.nii.gz": squeezed(VOLUME),
}

NIFTI_CRASHERS = {
    "header-cut-off.nii": VOLUME[:200],
    "data-cut-off.nii": VOLUME[:-1],
    "no-data.nii": VOLUME[:352],
    "no-axes.nii": nifti("u1", (3, 2, 2), bytes(12), n_dims=0),
    "eight-axes.nii": nifti("u1", (3, 2, 2), bytes(12), n_dims=8),
    "axis-of-nothing.nii": nifti("u1", (3, 0, 2), bytes(12)),
    "axis-negative.nii": nifti("u1", (3, -2, 2), bytes(12)),
    "sizes-beyond-memory.nii": nifti("f8", (32767, 32767, 32767), bytes(64)),
    "sizes-that-wrap.nii": nifti("f8", (2**61, 2**61, 8), bytes(64), version=2),
    "offset-in-header.nii": nifti("u1", (3, 2, 2), bytes(12), offset=8),
    "offset-negative.nii": nifti("u1", (3, 2, 2), bytes(12), offset=-4096),
    "offset-behind-the-file.nii": nifti("u1", (3, 2, 2), bytes(12), offset=1 << 30),
    "offset-no-number.nii": nifti("u1", (3, 2, 2), bytes(12), offset=float("nan")),
    "offset-that-wraps.nii": nifti("u1", (3, 2, 2), bytes(12), version=2, offset=2**63 - 1),
    "complex.nii": nifti("c8", (2, 2), bytes(32)),
    "colours.nii": nifti("rgb", (2, 2), bytes(12)),
    "four-axes.nii": nifti("u1", (2, 2, 2, 2), bytes(16)),
    "not-a-number.nii": nifti("f4", (2, 1), struct.pack("<2f", 0.5, float("nan"))),
    "number-beyond-32-bits.nii": nifti("i8", (2, 1), struct.pack("<2q", 0, 2**63 - 1)),
    "intercept-no-number.nii": nifti("u1", (3, 2, 2), bytes(12), scale=(2, float("inf"))),
    "data-in-another-file.nii": nifti("u1", (3, 2, 2), bytes(12), magic=b"ni1\0"),
    "analyze.nii": nifti("u1", (3, 2, 2), bytes(12), magic=b"\0\0\0\1"),
}

# --- gzip ---

TEXT = b"a mask is a raster of class ids, one per pixel. " * 4
WHOLE = squeezed(TEXT)


def named(name):
    return WHOLE[:3] + b"\x08" + WHOLE[4:10] + name + b"\0" + WHOLE[10:]


GZIP_SEEDS = {
    "text.gz": WHOLE,
    "two-members.gz": WHOLE + squeezed(b"more"),
    "named.gz": named(b"mask.nii"),
    "padded.gz": WHOLE + bytes(16),
    "empty.gz": squeezed(b""),
}

GZIP_CRASHERS = {
    "header-alone.gz": WHOLE[:10],
    "magic-alone.gz": WHOLE[:2],
    "cut-off.gz": WHOLE[: len(WHOLE) // 2],
    "no-checksum.gz": WHOLE[:-8],
    "wrong-checksum.gz": WHOLE[:-8] + b"\0\0\0\0" + WHOLE[-4:],
    "wrong-length.gz": WHOLE[:-4] + b"\xff\xff\xff\xff",
    "other-data-behind.gz": WHOLE + b"PK\3\4",
    "second-member-cut-off.gz": WHOLE + WHOLE[:20],
    "name-without-end.gz": WHOLE[:3] + b"\x08" + WHOLE[4:10] + b"x" * 5000,
    "unknown-method.gz": WHOLE[:2] + b"\7" + WHOLE[3:],
    "bomb.gz": squeezed(bytes(1 << 24)),
    "refers-too-far-back.gz": WHOLE[:10] + b"\x03\x02\0\0\0\0" + bytes(8),
}


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


write(SEEDS / "npy", NPY_SEEDS)
write(SEEDS / "npz", NPZ_SEEDS)
write(SEEDS / "nifti", NIFTI_SEEDS)
write(SEEDS / "gzip", GZIP_SEEDS)
write(CRASHERS / "npy", NPY_CRASHERS)
write(CRASHERS / "npz", NPZ_CRASHERS)
write(CRASHERS / "nifti", NIFTI_CRASHERS)
write(CRASHERS / "gzip", GZIP_CRASHERS)
