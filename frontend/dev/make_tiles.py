"""Join the made-up layers of dev/out/base.gpkg into one PMTiles file, for front-end work only."""

import gzip
import json
import shutil
import struct
import tempfile
from pathlib import Path

import pyogrio

OUT = Path(__file__).parent / "out"
TOP_ZOOM = 13


def tile_number(z: int, x: int, y: int) -> int:
    """The place of a tile on PMTiles' Hilbert curve."""
    total, d, n = (4**z - 1) // 3, 0, 1 << z
    s = n // 2
    while s:
        rx, ry = int((x & s) > 0), int((y & s) > 0)
        d += s * s * ((3 * rx) ^ ry)
        if ry == 0:
            if rx:
                x, y = n - 1 - x, n - 1 - y
            x, y = y, x
        s //= 2
    return total + d


def varint(n: int) -> bytes:
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes([*out, n])


def tiles_of(layer: str, folder: Path) -> dict[int, bytes]:
    meta, _, geometry, fields = pyogrio.raw.read(OUT / "base.gpkg", layer=layer)
    target = folder / layer
    least = 9 if layer == "street" else 0
    pyogrio.raw.write(
        target, geometry, fields, meta["fields"], layer=layer, driver="MVT", crs="EPSG:4326", geometry_type="Unknown",
        dataset_options={"FORMAT": "DIRECTORY", "MINZOOM": str(least), "MAXZOOM": str(TOP_ZOOM), "COMPRESS": "NO", "MAX_SIZE": "5000000", "MAX_FEATURES": "200000"},
    )  # fmt: skip
    return {tile_number(*map(int, (p.parts[-3], p.parts[-2], p.stem))): p.read_bytes() for p in target.glob("*/*/*.pbf")}


def main() -> None:
    joined: dict[int, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, _ in pyogrio.list_layers(OUT / "base.gpkg"):
            for number, body in tiles_of(name, Path(folder)).items():
                joined[number] = joined.get(number, b"") + body
        shutil.rmtree(Path(folder), ignore_errors=True)
        Path(folder).mkdir()
    numbers = sorted(joined)
    bodies = [gzip.compress(joined[n], 6) for n in numbers]
    steps = [n - p for n, p in zip(numbers, [0, *numbers], strict=False)]
    directory = b"".join(
        [varint(len(numbers)), *map(varint, steps), *[varint(1) for _ in numbers], *[varint(len(b)) for b in bodies], varint(1), *[varint(0) for _ in numbers[1:]]]
    )
    root = gzip.compress(directory)
    about = gzip.compress(json.dumps({"vector_layers": []}).encode())
    start = 127 + len(root)
    size = sum(map(len, bodies))
    head = struct.pack(
        "<7sB11Q8B", b"PMTiles", 3, 127, len(root), start, len(about), 0, 0, start + len(about), size, len(numbers), len(numbers), len(numbers), 1, 2, 2, 1, 0, TOP_ZOOM, 0, 0
    )[:-2]
    bounds = struct.pack("<4iB2i", -1000000, 512000000, 16000000, 523000000, 10, 7000000, 517000000)
    (OUT / "base.pmtiles").write_bytes(head + bounds + root + about + b"".join(bodies))
    print(len(numbers), "tiles", len(root), "bytes of directory", size, "bytes")


if __name__ == "__main__":
    main()
