import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The format's own library is no peer of ours: a few lines of NumPy write files as its description says.
@Suite("Safetensors files that others write") struct SafetensorsInterop {
  @Test("tensors of every type and shape are the numbers that NumPy wrote") func tensors() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.writing, in: folder).array)
    #expect(cases.count == 100)
    var compared = 0
    for (index, expected) in cases.enumerated() {
      let bytes = try FileSystem.read(folder.path.appending("\(index).safetensors"))
      let file = try SafetensorsFile(parsing: bytes)
      let tensors = try #require(expected.array)
      #expect(file.tensors.count == tensors.count)
      for tensor in tensors {
        let name = try #require(tensor["name"]?.string)
        let own = try #require(file[name], "\(name)")
        #expect(own.shape == tensor["shape"]?.array?.compactMap { $0.int.map { Int($0) } })
        let values = try #require(tensor["values"]?.array)
        if let floats = own.floats {
          let theirs = values.compactMap(\.number).map { Float($0) }
          #expect(floats.map(\.bitPattern) == theirs.map(\.bitPattern), "\(name)")
        } else {
          #expect(own.ints == values.compactMap(\.int), "\(name)")
        }
        compared += values.count
      }
      // Written again, the header may be spelled otherwise, and the tensors are the same.
      #expect(try SafetensorsFile(parsing: file.encoded) == file)
    }
    #expect(compared > 1000)
  }

  private static let writing = #"""
    import json, struct, numpy as np
    rng = np.random.default_rng(5)
    types = {"F32": "<f4", "F64": "<f8", "F16": "<f2", "I8": "i1", "U8": "u1", "I16": "<i2", "U16": "<u2",
             "I32": "<i4", "U32": "<u4", "I64": "<i8", "BOOL": "?", "BF16": "<u2"}
    out = []
    for index in range(100):
        header, data, answers = {}, b"", []
        if index % 2: header["__metadata__"] = {"format": "np", "名": "\n\"é"}
        for number in range(rng.integers(0, 7)):
            dtype = str(rng.choice(sorted(types)))
            shape = [int(n) for n in rng.integers(0 if rng.random() < .1 else 1, 5, size=rng.integers(0, 4))]
            if dtype == "BF16":
                values = rng.integers(0, 0x7F80, size=shape).astype("<u2")
                shown = (values.astype("u4") << 16).view("f4") if shape else np.array(int(values) << 16, "u4").view("f4")
            elif dtype.startswith("F"): shown = values = rng.normal(0, 100, size=shape).astype(types[dtype])
            elif dtype == "BOOL": shown = values = rng.random(size=shape) < .5
            else:
                limits = np.iinfo(types[dtype])
                shown = values = rng.integers(limits.min, limits.max, size=shape, endpoint=True, dtype=limits.dtype)
            raw = np.asarray(values).tobytes()
            name = "%d.%s" % (number, rng.choice(["weight", "bias", "é/\\"]))
            header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
            data += raw
            flat = np.asarray(shown).ravel()
            flat = flat.astype("f4").astype("f8") if dtype[0] in "FB" and dtype != "BOOL" else flat.astype("i8")
            answers.append({"name": name, "shape": shape, "values": flat.tolist()})
        items = list(header.items())
        if index % 3 == 0: rng.shuffle(items)
        text = json.dumps(dict(items), ensure_ascii=bool(index % 4)).encode()
        text += b" " * (-len(text) % 8)
        open("%s/%d.safetensors" % (folder, index), "wb").write(struct.pack("<Q", len(text)) + text + data)
        out.append(answers)
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
