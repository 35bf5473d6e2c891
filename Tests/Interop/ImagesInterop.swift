import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Pictures that Pillow writes in every kind, read by both.
@Suite("Pictures against Pillow") struct ImagesInterop {
  /// Writes one picture for each case, and says what it is when it is read again.
  private static let answer = """
    import io, os, random
    import numpy as np
    from PIL import Image

    def answer(case):
        rng = random.Random(case["seed"])
        numbers = np.random.default_rng(case["seed"])
        mode = rng.choice(case["modes"])
        width, height = rng.randint(1, 97), rng.randint(1, 97)
        x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        waves = [128 + 127 * np.sin(rng.uniform(1, 12) * x + rng.uniform(1, 12) * y + n) for n in range(4)]
        waves = np.stack(waves, axis=-1) + numbers.normal(0, rng.choice([0, 2, 40, 200]), (height, width, 4))
        pixels = np.clip(waves, 0, 255).astype("uint8")
        if mode == "I;16":
            image = Image.fromarray((pixels[..., 0].astype("uint16") * 257) ^ 3)
        elif mode == "L":
            image = Image.fromarray(pixels[..., 0])
        elif mode == "LA":
            image = Image.fromarray(pixels[..., :2], "LA")
        elif mode in ("P", "1"):
            image = Image.fromarray(pixels[..., :3]).convert(mode)
        else:
            image = Image.fromarray(pixels if mode in ("RGBA", "CMYK") else pixels[..., :3], mode)
        path = os.path.join(case["folder"], f"{case['seed']}.{case['kind']}")
        options = {}
        if case["kind"] == "jpg":
            options = {"quality": rng.choice([1, 10, 50, 75, 90, 95, 100]), "progressive": rng.random() < 0.5,
                       "optimize": rng.random() < 0.5, "subsampling": rng.choice([0, 1, 2])}
            if rng.random() < 0.3:
                options["restart_marker_blocks"] = rng.randint(1, 9)
            if mode == "RGB" and rng.random() < 0.2:
                options["keep_rgb"] = True
                options["subsampling"] = 0
        else:
            options = {"compress_level": rng.randint(0, 9)}
        image.save(path, **options)
        again = Image.open(path)
        bands = len(again.getbands())
        if case["kind"] == "jpg" and mode != "CMYK" and not options.get("keep_rgb"):
            # Luma as libjpeg decodes it, not by way of rounded colours.
            again.draft("L", again.size)
        if again.mode == "I;16":
            mean = float(np.asarray(again).astype("float64").mean() / 257)
        else:
            mean = float(np.asarray(again.convert("L")).astype("float64").mean())
        return {"width": width, "height": height, "channels": bands,
                "brightness": None if mode == "CMYK" else mean, "size": os.path.getsize(path)}
    """

  private static func cases(
    _ count: Int, _ kind: String, _ modes: [String], _ folder: TemporaryFolder
  ) -> [JSONValue] {
    (0..<count).map { seed in
      [
        "seed": .int(Int64(seed)), "kind": .string(kind),
        "modes": .array(modes.map { .string($0) }), "folder": .string(folder.path.string),
      ]
    }
  }

  private static func bytes(_ example: JSONValue) throws -> [UInt8] {
    let (folder, kind) = (example["folder"]?.string ?? "", example["kind"]?.string ?? "")
    return try FileSystem.read(FilePath("\(folder)/\(example["seed"]?.int ?? 0).\(kind)"))
  }

  @Test("300 JPEG pictures: sizes, channels, and brightness within a quarter of a step")
  func jpeg() throws {
    let folder = try TemporaryFolder()
    let cases = Self.cases(300, "jpg", ["L", "RGB", "RGB", "CMYK"], folder)
    for (example, told) in zip(cases, try Peer.ask(Self.answer, about: cases)) {
      let image = try JPEGImage(parsing: Self.bytes(example))
      #expect(
        Int64(image.width) == told["width"]?.int && Int64(image.height) == told["height"]?.int
          && Int64(image.channels) == told["channels"]?.int, "\(example.text()) \(told.text())")
      let wanted = told["brightness"]?.number
      let isNear =
        if let wanted, let own = image.brightness { abs(wanted - own) < 0.25 } else {
          wanted == nil && image.brightness == nil
        }
      #expect(isNear, "\(image.brightness ?? .nan) \(example.text()) \(told.text())")
    }
  }

  @Test("300 PNG pictures: sizes, channels, and brightness within half a step")
  func png() throws {
    let folder = try TemporaryFolder()
    let cases = Self.cases(300, "png", ["L", "RGB", "RGBA", "P", "LA", "1", "I;16"], folder)
    for (example, told) in zip(cases, try Peer.ask(Self.answer, about: cases)) {
      let image = try PNGImage(parsing: Self.bytes(example))
      #expect(
        Int64(image.width) == told["width"]?.int && Int64(image.height) == told["height"]?.int
          && Int64(image.channels) == told["channels"]?.int, "\(example.text()) \(told.text())")
      let wanted = try #require(told["brightness"]?.number)
      #expect(abs(wanted - image.brightness) < 0.51, "\(image.brightness) \(told.text())")
    }
  }

  @Test(
    "JPEG pictures that are cut off are none; those with other bytes are, or are not, and no more")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let cases = Self.cases(40, "jpg", ["L", "RGB"], folder)
    _ = try Peer.ask(Self.answer, about: cases)
    var random = SeededRandom(seed: 5)
    for example in cases {
      let whole = try Self.bytes(example)
      for _ in 0..<20 {
        let end = Int(random.next() % UInt64(whole.count - 1))
        #expect(throws: ParseFailure.self) { try JPEGImage(parsing: Array(whole[..<end])) }
        var other = whole
        for _ in 0..<(1 + random.next() % 4) {
          other[Int(random.next() % UInt64(whole.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        _ = try? JPEGImage(parsing: other)
      }
    }
  }
}
