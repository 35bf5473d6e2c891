/// The program that makes pairs of files with the real libraries and says, by their own measures, which of them are the same.
enum OutputComparisonPeer {
  static let script = #"""
    import base64, copy, gzip, io, json, os, pickle, random, struct, zlib
    os.environ["OMP_NUM_THREADS"] = "1"
    import numpy as np
    import pandas as pd

    RTOL = 1e-9
    cases = []
    rng = np.random.default_rng(8)
    dice = random.Random(8)


    def add(family, name, old, new, same, reader):
        number = len(cases)
        for side, data in (("old", old), ("new", new)):
            with open(f"{folder}/{number}.{side}", "wb") as file:
                file.write(data)
        kind = "identical" if old == new else "equal" if same else "different"
        reader = "bytes" if old == new else reader
        cases.append({"family": family, "name": name, "kind": kind, "reader": reader})


    def near(new, old):
        if isinstance(old, float) or isinstance(new, float):
            return bool(np.allclose(new, old, rtol=RTOL, atol=0, equal_nan=True))
        return new == old

    """# + arrays + tables + trees + pictures + notebooks + models + #"""

      json.dump(cases, open("result.json", "w"))

      """#

  private static let arrays = #"""

    def npy(array):
        file = io.BytesIO()
        np.save(file, array, allow_pickle=False)
        return file.getvalue()


    def same_arrays(new, old):
        if new.shape != old.shape:
            return False
        if old.dtype.names or new.dtype.names:
            return old.dtype.names == new.dtype.names and all(
                same_arrays(new[name], old[name]) for name in old.dtype.names)
        if old.dtype.kind in "fc" or new.dtype.kind in "fc":
            wide = np.complex128 if "c" in old.dtype.kind + new.dtype.kind else np.float64
            return bool(np.allclose(
                new.astype(wide), old.astype(wide), rtol=RTOL, atol=0, equal_nan=True))
        return bool(np.array_equal(new, old))


    def array(code, shape):
        count = int(np.prod(shape))
        if code in ("S7", "U5"):
            letters = list("abcé\U0001F600z" if code == "U5" else "abcxyz")
            values = ["".join(dice.choices(letters, k=dice.randint(0, 5))) for _ in range(count)]
            values = [v.encode() for v in values] if code == "S7" else values
            return np.array(values, code).reshape(shape)
        if code[0] in "mM":
            return rng.integers(0, 10**9, count).astype("i8").view(code).reshape(shape)
        if code in ("f2", "f4", "f8", "g"):
            return (rng.normal(size=count) * 100).astype(code).reshape(shape)
        if code in ("c8", "c16", "G"):
            return (rng.normal(size=count) + 1j * rng.normal(size=count)).astype(code).reshape(shape)
        if code == "?":
            return rng.integers(0, 2, count).astype(bool).reshape(shape)
        limits = np.iinfo(code)
        return rng.integers(limits.min, limits.max, count, dtype=code, endpoint=True).reshape(shape)


    def changed(value):
        other = value.copy()
        flat = other.reshape(-1)
        if not flat.size:
            return other
        place = dice.randrange(flat.size)
        if other.dtype.kind == "?b"[1] or other.dtype.kind == "b":
            flat[place] = not flat[place]
        elif other.dtype.kind in "SU":
            flat[place] = b"q" if other.dtype.kind == "S" else "q"
        elif other.dtype.kind in "mM":
            flat[place] = flat[place] + np.timedelta64(1, np.datetime_data(other.dtype)[0])
        elif other.dtype.kind in "fc":
            flat[place] = flat[place] * 1.5 + 1
        else:
            flat[place] ^= np.array(1, other.dtype)
        return other.reshape(value.shape)


    CODES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "g", "c8", "c16",
             "G", "S7", "U5", "M8[ns]", "m8[s]"]
    for code in CODES:
        for shape in ((), (7,), (0, 3), (3, 4), (2, 3, 4)):
            old = array(code, shape)
            if old.dtype.kind == "f" and old.size > 2:
                old.reshape(-1)[1] = np.nan
            variants = [changed(old), np.asfortranarray(old), old.astype(old.dtype.newbyteorder(">"))]
            if old.dtype.kind in "fc":
                variants += [old * (1 + 1e-12), old * (1 + 1e-7)]
            if old.dtype.kind in "biu":
                variants += [old.astype("f8")]
            if code in ("f2", "f4", "f8"):
                variants += [old.astype("f8"), old.astype("g"), old.astype("f4")]
            if shape == (3, 4):
                variants += [old.reshape(4, 3), np.asfortranarray(changed(old))]
            if code == "U5":
                variants += [old.astype("U9"), old.astype(">U5")]
            for new in variants:
                add("npy", "a.npy", npy(old), npy(new), same_arrays(new, old), "npy")
    record = np.dtype([("x", "<f8"), ("n", "<i4", (2,)), ("inner", [("s", "S3"), ("u", "<u8")])], align=True)
    for _ in range(20):
        old = np.zeros(5, record)
        old["x"], old["n"] = rng.normal(size=5), rng.integers(0, 9, (5, 2))
        old["inner"]["u"] = 2**63 + rng.integers(0, 9, 5).astype("u8")
        new = old.copy()
        field = dice.choice(["none", "x", "noise", "n", "u", "s", "big"])
        if field == "x": new["x"][2] += 1
        if field == "noise": new["x"] *= 1 + 1e-12
        if field == "n": new["n"][4, 1] += 1
        if field == "u": new["inner"]["u"][0] += 1
        if field == "s": new["inner"]["s"][0] = b"ab"
        if field == "big": new = old.astype(record.newbyteorder(">"))
        add("npy", "a.npy", npy(old), npy(new), same_arrays(new, old), "npy")
    def npz(save, **arrays):
        file = io.BytesIO()
        save(file, **arrays)
        return file.getvalue()
    for index in range(24):
        a, b = rng.normal(size=(4, 3)), rng.integers(0, 9, 5)
        new = [a, b]
        if index % 4 == 1: new[0] = a * (1 + 1e-12)
        if index % 4 == 2: new[1] = b + 1
        if index % 4 == 3: new[0] = a + 1
        same = same_arrays(new[0], a) and same_arrays(new[1], b)
        add("npz", "a.npz", npz(np.savez, a=a, b=b), npz(np.savez_compressed, a=new[0], b=new[1]), same, "npz")
    for data in ({"a": 1}, [1.5, "x"]):
        add("pickle", "a.pkl", pickle.dumps(data), pickle.dumps([data]), False, "bytes")

    """#

  private static let tables = #"""

    def same_frames(new, old):
        try:
            pd.testing.assert_frame_equal(new, old, check_dtype=False, check_exact=False, rtol=RTOL, atol=0)
            return True
        except AssertionError:
            return False


    def frame(rows):
        return pd.DataFrame({
            "id": rng.integers(0, 10**6, rows), "loss": rng.normal(size=rows),
            "name": [dice.choice(["a", "b, c", 'q"q', "한", "two words"]) for _ in range(rows)],
            "hole": [np.nan if dice.random() < .3 else dice.random() for _ in range(rows)],
        })


    def variant(old, kind):
        new = old.copy()
        if kind == "noise": new["loss"] *= 1 + 1e-12
        if kind == "changed": new.loc[dice.randrange(len(new)), "loss"] += 0.01
        if kind == "id": new.loc[dice.randrange(len(new)), "id"] += 1
        if kind == "text": new.loc[dice.randrange(len(new)), "name"] = "other"
        if kind == "hole": new["hole"] = new["hole"].fillna(0.5)
        if kind == "renamed": new = new.rename(columns={"loss": "lost"})
        if kind == "shorter": new = new.iloc[:-1].copy()
        if kind == "float": new["id"] = new["id"].astype(float)
        return new


    KINDS = ["same", "noise", "changed", "id", "text", "hole", "renamed", "shorter", "float"]
    for index in range(108):
        old = frame(dice.randint(3, 40))
        old["hole"] = old["hole"].where(old.index != 0, np.nan)
        new = variant(old, KINDS[index % len(KINDS)])
        how = dice.choice([{}, {"quoting": 1}, {"lineterminator": "\r\n"}, {"float_format": "%.17g"}])
        a, b = old.to_csv(index=False).encode(), new.to_csv(index=False, **how).encode()
        same = same_frames(pd.read_csv(io.BytesIO(b)), pd.read_csv(io.BytesIO(a)))
        if index % 3 == 2:
            add("gz", "a.csv.gz", gzip.compress(a, mtime=1), gzip.compress(b, mtime=2), same, "packed")
        else:
            add("csv", "a.csv", a, b, same, "csv")

    def parquet(table, **how):
        file = io.BytesIO()
        table.to_parquet(file, index=False, **how)
        return file.getvalue()
    for index in range(72):
        old = frame(dice.randint(3, 300))
        old["when"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(old["id"], unit="s")
        old["flag"] = old["loss"] > 0
        old["single"] = old["loss"].astype("f4")
        new = variant(old, KINDS[index % len(KINDS)])
        how = dice.choice([
            {"compression": None}, {"compression": "zstd"}, {"compression": "gzip"},
            {"row_group_size": 17}, {"use_dictionary": False}, {"data_page_version": "2.0"}])
        add("parquet", "a.parquet", parquet(old), parquet(new, **how), same_frames(new, old), "parquet")

    """#

  private static let trees = #"""

    import tomllib
    import yaml

    def tree(depth):
        roll = dice.random()
        if depth > 3 or roll < .45:
            return dice.choice([
                lambda: dice.random() * 10 ** dice.randint(-9, 9), lambda: dice.randint(-10**12, 10**12),
                lambda: dice.choice(["text", "한글", "a b", "", "0.5"]), lambda: dice.choice([True, False, None]),
                lambda: float(dice.randint(0, 5))])()
        if roll < .7:
            return [tree(depth + 1) for _ in range(dice.randint(0, 5))]
        return {dice.choice("abcdefgh") + str(i): tree(depth + 1) for i in range(dice.randint(0, 5))}


    def shuffled(value):
        if isinstance(value, dict):
            keys = list(value)
            dice.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(v) for v in value] if isinstance(value, list) else value


    def scaled(value, factor):
        if isinstance(value, dict): return {k: scaled(v, factor) for k, v in value.items()}
        if isinstance(value, list): return [scaled(v, factor) for v in value]
        return value * factor if isinstance(value, float) else value


    def leaves(value, path=()):
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
        if items is None: return [path]
        return [leaf for key, inner in items for leaf in leaves(inner, path + (key,))]


    def with_other_leaf(value):
        value = copy.deepcopy(value)
        places = [p for p in leaves(value) if p]
        if not places: return [value]
        path = dice.choice(places)
        inner = value
        for key in path[:-1]: inner = inner[key]
        inner[path[-1]] = dice.choice([0.123, 7, "other", None, [1], {"k": 1}])
        return value


    def same_trees(new, old):
        if isinstance(new, bool) or isinstance(old, bool) or new is None or old is None:
            return new is old
        if isinstance(old, dict):
            return isinstance(new, dict) and new.keys() == old.keys() and all(same_trees(new[k], old[k]) for k in old)
        if isinstance(old, list):
            return isinstance(new, list) and len(new) == len(old) and all(map(same_trees, new, old))
        if not isinstance(old, (int, float)) or not isinstance(new, (int, float)): return new == old
        return near(new, old)


    for index in range(240):
        old = {"root": [tree(0) for _ in range(4)], "x": 0.5}
        new = [shuffled, lambda v: scaled(v, 1 + 1e-12), lambda v: scaled(v, 1 + 1e-6), with_other_leaf][index % 4](old)
        same = same_trees(new, old)
        if index % 3 == 0:
            add("json", "a.json", json.dumps(old).encode(), json.dumps(new, indent=1, ensure_ascii=False).encode(), same, "json")
        elif index % 3 == 1:
            a, b = yaml.safe_dump(old, sort_keys=False), yaml.safe_dump(new, default_flow_style=True, sort_keys=False, allow_unicode=True)
            add("yaml", "a.yaml", a.encode(), b.encode(), same_trees(yaml.safe_load(b), yaml.safe_load(a)), "yaml")
        else:
            a = "".join(json.dumps(v) + "\n" for v in old["root"])
            b = "".join(json.dumps(v, separators=(",", ":")) + "\n" for v in new["root"]) if isinstance(new, dict) else ""
            add("lines", "a.jsonl", a.encode(), b.encode(), same_trees(new["root"], old["root"]), "json lines")

    """#

  private static let pictures = #"""

    from PIL import Image

    CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


    def pack(samples, depth):
        if depth == 16: return b"".join(struct.pack(">H", s) for s in samples)
        if depth == 8: return bytes(samples)
        bits = "".join(format(s, f"0{depth}b") for s in samples)
        bits += "0" * (-len(bits) % 8)
        return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


    def paeth(a, b, c):
        p = a + b - c
        distances = (abs(p - a), abs(p - b), abs(p - c))
        return (a, b, c)[distances.index(min(distances))]


    def filtered(rows, distance, choose):
        out, above = b"", None
        for row in rows:
            above = above or bytes(len(row))
            kind = choose()
            line = bytearray()
            for i, byte in enumerate(row):
                left = row[i - distance] if i >= distance else 0
                corner = above[i - distance] if i >= distance else 0
                guess = [0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner)][kind]
                line.append((byte - guess) & 255)
            out += bytes([kind]) + bytes(line)
            above = row
        return out


    def png(samples, colour, depth, interlaced=False, choose=lambda: 0, level=6, extra=(), pieces=1):
        height, width, channels = samples.shape
        distance = max(1, channels * depth // 8)
        passes = PASSES if interlaced else [(0, 0, 1, 1)]
        data = b""
        for x, y, dx, dy in passes:
            part = samples[y::dy, x::dx]
            if part.size:
                data += filtered([pack(row.reshape(-1).tolist(), depth) for row in part], distance, choose)
        def chunk(kind, content):
            return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        packed = zlib.compress(data, level)
        size = max(1, len(packed) // pieces)
        out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
        for kind, content in extra: out += chunk(kind, content)
        for start in range(0, len(packed), size): out += chunk(b"IDAT", packed[start:start + size])
        return out + chunk(b"IEND", b"")


    def seen(data):
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


    for colour, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
        for depth in depths:
            for width, height in ((1, 1), (5, 3), (13, 9), (32, 17)):
                samples = rng.integers(0, 2**depth, (height, width, CHANNELS[colour]))
                extra = []
                if colour == 3:
                    extra.append((b"PLTE", rng.permutation(256 * 3)[:3 * 2**depth].astype("u1").tobytes()))
                    if dice.random() < .5: extra.append((b"tRNS", bytes(rng.integers(0, 256, 2**depth // 2, dtype="u1"))))
                elif colour in (0, 2) and dice.random() < .5:
                    extra.append((b"tRNS", b"".join(struct.pack(">H", int(s)) for s in samples[0, 0])))
                old = png(samples, colour, depth, extra=extra)
                for interlaced in (False, True):
                    choose = lambda: dice.randrange(5)
                    new = png(samples, colour, depth, interlaced, choose, dice.randint(1, 9), [(b"tEXt", b"a\0b")] + extra, dice.randint(1, 4))
                    if depth < 16: assert (seen(old) == seen(new)).all()
                    add("png", "a.png", old, new, True, "png")
                    other = samples.copy()
                    other[-1, -1, 0] ^= 1
                    new = png(other, colour, depth, interlaced, choose, extra=extra)
                    if depth < 16: same = bool((seen(old) == seen(new)).all())
                    else: same = False
                    add("png", "a.png", old, new, same, "png")

    def pillow(image, **how):
        file = io.BytesIO()
        image.save(file, "PNG", **how)
        return file.getvalue()
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        for index in range(6):
            image = Image.fromarray(rng.integers(0, 256, (20, 30, 4), dtype="u1"), "RGBA").convert(mode)
            new = [image, image.convert("RGBA"), image.transpose(0), image.resize((31, 20)), image.copy(), image][index]
            if index == 4: new.putpixel((3, 4), {"1": 255 - image.getpixel((3, 4)) if mode == "1" else 0, "L": (image.getpixel((3, 4)) + 1) % 256 if mode == "L" else 0, "P": 0}.get(mode, tuple(255 - v for v in image.getpixel((3, 4))) if mode in ("LA", "RGB", "RGBA") else 0))
            a, b = pillow(image, compress_level=9), pillow(new, **[{"compress_level": 0}, {"optimize": True}, {}, {}, {}, {"dpi": (300, 300)}][index])
            same = seen(a).shape == seen(b).shape and bool((seen(a) == seen(b)).all())
            add("png", "a.png", a, b, same, "png")

    """#

  private static let notebooks = #"""

    import nbformat
    from nbformat import v4

    def book(seed, kind=""):
        local = random.Random(seed)
        cells = [v4.new_markdown_cell(f"# title {seed}")]
        for number in range(4):
            cell = v4.new_code_cell(f"x = {number}\nprint(x)", execution_count=local.randint(1, 99))
            text = f"epoch {number} loss {local.random()}\n"
            if kind == "stream" and number == 2: text = "epoch 2 loss 7\n"
            when = "12:03:44" if not kind else "12:05:01"
            lines = [text, f"done at {when}, took {2.5 if kind else 12.25}s\n", "<A at 0x7f3c2c1d%04x>\n" % (5 if kind else 6)]
            pieces = lines if kind else ["".join(lines)]
            cell.outputs = [v4.new_output("stream", name="stdout", text=piece) for piece in pieces]
            image = Image.fromarray(np.full((8, 9, 3), number * 20 + seed % 7, "u1"))
            if kind == "picture" and number == 1: image.putpixel((2, 3), (1, 2, 3))
            data = base64.encodebytes(pillow(image, compress_level=1 if kind else 9)).decode()
            value = {"auc": 0.5 + (1e-12 if kind else 0) + (0.1 if kind == "json" and number == 3 else 0)}
            cell.outputs.append(v4.new_output("display_data", {"image/png": data, "application/json": value, "text/plain": "<Figure>"}))
            if kind == "html" and number == 0: cell.outputs[-1]["data"]["text/html"] = "<b>"
            cell.outputs.append(v4.new_output("execute_result", {"text/plain": "1.5"}, execution_count=8 if kind else 7))
            if kind: cell.metadata["execution"] = {"iopub.status.busy": f"2026-11-22T00:00:{number:02}Z"}
            cells.append(cell)
        if kind == "source": cells[2].source = "x = 8\nprint(x)"
        if kind == "more": cells.append(v4.new_code_cell("1"))
        if kind == "swapped": cells[1] = v4.new_markdown_cell(cells[1].source)
        made = v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "a" + kind, "display_name": "a"}})
        nbformat.validate(made)
        return nbformat.writes(made).encode()
    for seed in range(12):
        for kind in ("rerun", "stream", "picture", "json", "html", "source", "more", "swapped"):
            add("notebook", "a.ipynb", book(seed), book(seed, kind), kind == "rerun", "notebook")

    """#

  private static let models = #"""

    import lightgbm as lgb, onnx, xgboost as xgb
    from onnx import helper, numpy_helper, TensorProto

    X = rng.normal(size=(200, 4))
    y = X[:, 0] * 2 + (X[:, 1] > 0)
    def boosted(**how):
        return xgb.train({"max_depth": 3, "nthread": 1, **how}, xgb.DMatrix(X, y), 4)
    base = boosted()
    for index in range(8):
        raw = bytes(base.save_raw("json"))
        model = json.loads(raw)
        if index % 2: model["learner"]["gradient_booster"]["model"]["trees"][index % 4]["split_conditions"][0] += 0.5
        add("xgboost", "m.json", raw, json.dumps(shuffled(model) if index < 4 else model, indent=1).encode(), index % 2 == 0, "xgboost")
    for how in ({"eta": 0.31}, {"max_depth": 4}, {"seed": 5}, {"lambda": 2}):
        for form in ("json", "ubj"):
            a, b = bytes(base.save_raw(form)), bytes(boosted(**how).save_raw(form))
            same = json.loads(bytes(base.save_raw("json"))) == json.loads(bytes(boosted(**how).save_raw("json")))
            add("xgboost", "m." + form, a, b, same, "xgboost")
    base.set_attr(best="1")
    add("xgboost", "m.ubj", bytes(boosted().save_raw("ubj")), bytes(base.save_raw("ubj")), False, "xgboost")

    def light(**how):
        return lgb.train({"num_leaves": 7, "verbose": -1, "num_threads": 1, "deterministic": True, **how}, lgb.Dataset(X, y), 4).model_to_string()
    plain = light()
    for index in range(6):
        lines = plain.split("\n")
        for place, line in enumerate(lines):
            if line.startswith("leaf_value="):
                values = [float(v) for v in line[11:].split(" ")]
                values[0] = values[0] * (1 + 1e-13) if index < 3 else values[0] * 1.01
                lines[place] = "leaf_value=" + " ".join("%.18e" % v for v in values)
            if line.startswith("tree_sizes="): lines[place] += "1"
        add("lightgbm", "m.txt", plain.encode(), "\n".join(lines).encode(), index < 3, "lightgbm")
    for how in ({"learning_rate": .2}, {"num_leaves": 5}, {"lambda_l2": 3}):
        add("lightgbm", "m.txt", plain.encode(), light(**how).encode(), False, "lightgbm")

    def network(weights, raw=False, **how):
        tensor = numpy_helper.from_array(weights, "w") if raw else helper.make_tensor("w", TensorProto.FLOAT, weights.shape, weights.reshape(-1).tolist())
        node = helper.make_node("Gemm", ["x", "w"], ["y"], alpha=how.get("alpha", 1.0))
        graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 4])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 3])], [tensor])
        return helper.make_model(graph, producer_name="p", opset_imports=[helper.make_opsetid("", how.get("opset", 15))]).SerializeToString()
    weights = rng.normal(size=(4, 3)).astype("f4")
    for index in range(10):
        w = rng.normal(size=(4, 3)).astype("f4")
        add("onnx", "m.onnx", network(w), network(w, raw=True), True, "onnx")
        add("onnx", "m.onnx", network(w), network(w + np.float32(.5), raw=True), False, "onnx")
        add("onnx", "m.onnx", network(w), network(w, **dice.choice([{"alpha": 2.0}, {"opset": 14}])), False, "onnx")

    """#
}
