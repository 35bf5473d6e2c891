import Compute
import Formats
import Learning
import Platform
import Projects
import Support
import SystemPackage

/// Images of 8x8 points with a bar at one of four places, and noise; as MNIST's files.
struct SmallImages {
  var images: [UInt8] = []
  var labels: [UInt8] = []

  init(count: Int, seed: UInt64 = 1) {
    var random = RandomStream(seed: seed, purpose: "small images")
    for index in 0..<count {
      let label = index % 4
      for row in 0..<8 {
        for column in 0..<8 {
          let isInk = label < 2 ? row / 4 == label : column / 4 == label - 2
          let ink = isInk ? 150 : 40
          images.append(UInt8(ink + random.integer(below: 100)))
        }
      }
      labels.append(UInt8(label))
    }
  }

  var count: Int { labels.count }

  var imageFile: [UInt8] {
    [0, 0, 8, 3] + Self.size(count) + Self.size(8) + Self.size(8) + images
  }
  var labelFile: [UInt8] { [0, 0, 8, 1] + Self.size(count) + labels }

  private static func size(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// MNIST's four files, with a fifth as many to test with.
  func write(to folder: FilePath) throws {
    try FileSystem.createDirectory(folder)
    let test = SmallImages(count: count / 5, seed: 2)
    for (part, name) in [(self, "train"), (test, "t10k")] {
      try FileSystem.write(part.imageFile, to: folder.appending("\(name)-images-idx3-ubyte"))
      try FileSystem.write(part.labelFile, to: folder.appending("\(name)-labels-idx1-ubyte"))
    }
  }
}

extension TemporaryFolder {
  /// Trains a network on images, or on a file; models go to `out`.
  func trainNetwork(
    _ values: [String: String] = [:], kind: NetworkTrainer.Kind = .perceptron,
    images: SmallImages? = SmallImages(count: 200), layers: JSONValue? = nil, threads: Int = 1,
    output: String = "out", observer: any TrainingObserver = SilentObserver()
  ) async throws -> TrainingResult {
    var values = values
    if let images {
      try images.write(to: path.appending("images"))
      values["data"] = path.appending("images").string
    }
    let output = path.appending(output)
    try FileSystem.createDirectory(output)
    let settings = layers.map { ["layers": Setting("layers", $0)] } ?? [:]
    return try await NetworkTrainer(kind).train(
      TrainingJob(
        values: values, folder: path, output: output, settings: settings, threads: threads),
      reporting: observer)
  }
}
