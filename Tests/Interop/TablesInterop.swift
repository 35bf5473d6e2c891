import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Tables that Python writes") struct TablesInterop {
  @Test("arrays of every type, order and shape; packed text; JSON Lines") func files() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.script, in: folder).array)
    #expect(cases.count == 87)
    for expected in cases {
      let name = try #require(expected["name"]?.string)
      let table = try TableFile.read(folder.path.appending(name))
      try StreamTwin.compare(
        folder.path.appending(name), with: table, Comment(rawValue: name))
      let columns = try #require(expected["columns"]?.array)
      #expect(table.columns.map(\.name) == columns.map { $0["name"]?.string }, "\(name)")
      for (column, other) in zip(table.columns, columns) {
        #expect(column.kind.rawValue == other["kind"]?.string, "\(name) \(column.name)")
        let values: [JSONValue] =
          switch column.values {
          case .numbers(let numbers): numbers.map { $0.isNaN ? .null : .string("\($0)") }
          case .codes(let codes, let categories):
            codes.map { $0 < 0 ? .null : .string(categories[Int($0)]) }
          }
        #expect(values == other["values"]?.array, "\(name) \(column.name)")
      }
    }
  }

  private static let script = #"""
    import gzip, json, math, struct
    import numpy as np
    import pandas as pd

    def spelled(value):
        value = float(value)
        if math.isnan(value): return None
        if math.isinf(value): return "inf" if value > 0 else "-inf"
        text = repr(value)
        if "e" in text:
            head, exponent = text.split("e")
            if "." not in head: head += ".0"
            text = f"{head}e{exponent[0] if exponent[0] == '-' else '+'}{exponent.lstrip('+-').zfill(2)}"
        return text

    def numbers(name, kind, values):
        return {"name": name, "kind": kind, "values": [spelled(v) for v in values]}

    random = np.random.default_rng(7)
    cases = []
    def array(name, value, prefix=None):
        kind = {"b": "bool", "i": "int", "u": "int", "f": "float"}[value.dtype.kind]
        flat = value.reshape(value.shape[0], -1)
        return [numbers(str(i) if prefix is None else prefix if value.ndim == 1 else f"{prefix}.{i}", kind, flat[:, i])
                for i in range(flat.shape[1])]

    types = ["?", "i1", "u1", "<i2", ">i2", "<u4", ">i4", "<i4", "<f2", ">f4", "<f4", "<f8", ">f8"]
    for number, kind in enumerate(types):
        for shape in [(5,), (3, 4), (2, 3, 2)]:
            for order in "CF":
                value = (random.normal(size=shape) * 100).astype(kind)
                name = f"{number}-{len(shape)}-{order}.npy"
                np.save(name, np.asarray(value, order=order))
                cases.append({"name": name, "columns": array(name, value)})
    np.savez("plain.npz", x=np.arange(6.0).reshape(3, 2), y=np.array([1, 0, 1]))
    np.savez_compressed("packed.npz", x=np.arange(6.0).reshape(3, 2), y=np.array([1, 0, 1]))
    for name in ["plain.npz", "packed.npz"]:
        cases.append({"name": name, "columns": array(name, np.arange(6.0).reshape(3, 2), "x")
                      + array(name, np.array([1, 0, 1]), "y")})
    images = random.integers(0, 256, size=(4, 3, 2), dtype=np.uint8)
    labels = np.array([3, 1, 4, 1], dtype=np.uint8)
    for name, value in [("train-images-idx3-ubyte.gz", images), ("train-labels-idx1-ubyte.gz", labels)]:
        head = struct.pack(">BBBB", 0, 0, 8, value.ndim) + b"".join(struct.pack(">I", n) for n in value.shape)
        with gzip.open(name, "wb") as file: file.write(head + value.tobytes())
        cases.append({"name": name, "columns": array(name, value)})

    frame = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, None, -2.25], "c": ["x", "y, z", None]})
    columns = [numbers("a", "int", frame.a), numbers("b", "float", frame.b),
               {"name": "c", "kind": "text", "values": ["x", "y, z", None]}]
    for name, separator in [("t.csv.gz", ","), ("t.tsv.gz", "\t"), ("semicolon.csv", ";"), ("bar.csv", "|")]:
        frame.to_csv(name, sep=separator, index=False)
        cases.append({"name": name, "columns": columns})
    frame.to_json("t.jsonl", orient="records", lines=True)
    cases.append({"name": "t.jsonl", "columns": columns})
    with open("result.json", "w") as file: json.dump(cases, file)
    """#
}
