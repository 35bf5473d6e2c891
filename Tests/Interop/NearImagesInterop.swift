import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

/// Pictures that Pillow writes, hashed by us and by imagehash's definition of `phash` with Pillow and scipy.
@Suite("Perceptual hashes against Pillow and scipy") struct NearImagesInterop {
  /// Writes a picture for each case, and says how it is hashed. Every other one is a copy of the one before: of another size,
  /// quality, shade or format.
  private static let answer = """
    import os, random
    import numpy as np
    from PIL import Image
    from scipy.fft import dct

    def phash(path):
        image = Image.open(path).convert("L").resize((32, 32), Image.Resampling.LANCZOS)
        pixels = np.asarray(image)
        low = dct(dct(pixels.astype(float), axis=0), axis=1)[:8, :8]
        bits = (low > np.median(low)).flatten()
        return "".join("1" if b else "0" for b in bits)

    def original(seed):
        rng = random.Random(seed)
        numbers = np.random.default_rng(seed)
        width, height = rng.randint(20, 300), rng.randint(20, 300)
        x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        waves = sum(rng.uniform(10, 60) * np.sin(rng.uniform(1, 25) * x + rng.uniform(1, 25) * y + n)
                    for n in range(6))
        colours = np.stack([128 + waves * rng.uniform(0.3, 1) for _ in range(3)], axis=-1)
        colours += numbers.normal(0, rng.choice([0, 3, 20]), colours.shape)
        return Image.fromarray(np.clip(colours, 0, 255).astype("uint8"))

    def answer(case):
        rng = random.Random(case["seed"] + 1000)
        image = original(case["seed"] - case["seed"] % 2)
        if case["seed"] % 2:
            image = image.resize((max(9, image.width * rng.randint(60, 140) // 100),
                                  max(9, image.height * rng.randint(60, 140) // 100)))
            image = image.point(lambda v: min(255, int(v * rng.uniform(0.9, 1.05))))
        kind = rng.choice(["jpg", "png", "png"])
        if kind == "png":
            image = image.convert(rng.choice(["L", "RGB", "RGBA", "LA"]))
        elif rng.random() < 0.3:
            image = image.convert("L")
        path = os.path.join(case["folder"], f"{case['seed']:03}.{kind}")
        options = {"quality": rng.choice([40, 75, 95]), "progressive": rng.random() < 0.5} if kind == "jpg" else {}
        image.save(path, **options)
        return {"path": path, "hash": phash(path)}
    """

  @Test("400 pictures: hashes within two bits, and the same pairs but for those at the edge")
  func all() throws {
    let folder = try TemporaryFolder()
    let cases: [JSONValue] = (0..<400).map {
      ["seed": .int(Int64($0)), "folder": .string(folder.path.string)]
    }
    var (own, peer): ([PerceptualHash], [PerceptualHash]) = ([], [])
    var differing = 0
    for told in try Peer.ask(Self.answer, about: cases) {
      let path = try #require(told["path"]?.string, "\(told.text())")
      let facts = try ImageFacts(try FileSystem.read(FilePath(path)), hashes: true)
      let hash = try #require(facts.hash)
      let wanted = try #require(told["hash"]?.string.flatMap { UInt64($0, radix: 2) })
      let distance = hash.distance(to: PerceptualHash(bits: wanted))
      #expect(distance <= 2, "\(path)")
      differing += distance > 0 ? 1 : 0
      own.append(hash)
      peer.append(PerceptualHash(bits: wanted))
    }
    // Most are the same to the last bit.
    #expect(differing < 40)
    var near = NearHashes(within: 4)
    // Places of the pictures with each hash.
    var pictures: [[Int]] = []
    var found: Set<[Int]> = []
    for (picture, hash) in own.enumerated() {
      for place in near.near(hash) {
        for other in pictures[place] { found.insert([other, picture]) }
      }
      let place = near.add(hash)
      if place == pictures.count { pictures.append([]) }
      pictures[place].append(picture)
    }
    var pairs = 0
    for second in peer.indices {
      for first in 0..<second {
        let distance = peer[first].distance(to: peer[second])
        // At the edge two hashes that differ in a bit each may part.
        guard
          distance <= 2 || distance >= 7 || own[first] == peer[first] && own[second] == peer[second]
        else { continue }
        pairs += distance <= 4 ? 1 : 0
        #expect(
          found.contains([first, second]) == (distance <= 4), "\(first) \(second) \(distance)")
      }
    }
    #expect(pairs > 100)
  }
}
