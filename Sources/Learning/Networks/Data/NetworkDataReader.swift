import Compute
import Formats
import Platform
import SystemPackage

/// Reads what a network learns from: images of several kinds, or a table.
struct NetworkDataReader {
  let job: TrainingJob
  let kind: NetworkTrainer.Kind

  func read() throws -> NetworkData {
    let path = try job.data
    if try FileSystem.status(path)?.kind == .directory {
      if let digits = try IDXFolder(path) {
        return try images(
          ImageArrays(digits.images), digits.labels, test: (digits.testImages, digits.testLabels))
      }
      let folder = try ImageFolder(path)
      return try images(
        folder.shape, folder.bytes, classes: folder.classes, labels: folder.labels, test: nil)
    }
    if try ImageArrays.isOne(path), job.text("labels") != nil || job.text("target") == nil {
      guard let labels = try file("labels") else {
        throw Failure(
          .usage, "nothing says which classes the images of `\(path)` have",
          hint: "give `-P labels=FILE`, an idx or .npy file with a number for each image")
      }
      let test = try file("test_data").map { images in
        guard let labels = try file("test_labels") else {
          throw Failure(
            .usage, "nothing says which classes the images of `\(images)` have",
            hint: "give `-P test_labels=FILE`")
        }
        return (images, labels)
      }
      return try images(ImageArrays(path), labels, test: test)
    }
    if let text = job.text("image") {
      let table = try TableImages(job, shape: TableImages.shape(text))
      return try images(
        table.shape, table.bytes, classes: table.classes, labels: table.labels,
        target: job.target, test: nil)
    }
    guard kind == .perceptron else {
      throw Failure(
        .usage, "`trainer: cnn` learns from images, and nothing says what of `\(path)` is one",
        hint:
          "give their size, `-P image=28x28`, when each row is an image; `trainer: mlp` learns from rows"
      )
    }
    return try TableSamples(job).data
  }

  private func file(_ name: String) throws -> FilePath? {
    try job.text(name).map { try FileSystem.absolute(FilePath($0), in: job.folder) }
  }

  private func images(
    _ arrays: ImageArrays, _ labels: FilePath, test: (images: FilePath, labels: FilePath)?
  ) throws -> NetworkData {
    let own = try ImageArrays.labels(labels)
    try check(arrays, own, labels)
    let held = try test.map { files in
      let images = try ImageArrays(files.images)
      guard images.shape == arrays.shape else {
        throw Failure(
          .invalid,
          "the images of `\(files.images)` are of \(images.shape), and those to learn from of \(arrays.shape)"
        )
      }
      let labels = try ImageArrays.labels(files.labels)
      try check(images, labels, files.labels)
      return (images, labels)
    }
    let names = Set(own + (held?.1 ?? [])).sorted()
    var places: [Int64: Int32] = [:]
    for (place, name) in names.enumerated() { places[name] = Int32(place) }
    let code = { (labels: [Int64]) in labels.map { places[$0] ?? 0 } }
    return try images(
      arrays.shape, arrays.bytes, classes: names.map(String.init), labels: code(own),
      test: held.map { ($0.0.bytes, code($0.1)) })
  }

  private func check(_ arrays: ImageArrays, _ labels: [Int64], _ file: FilePath) throws {
    let count = arrays.bytes.count / arrays.shape.count
    guard labels.count == count else {
      throw Failure(
        .invalid, "`\(file)` has \(labels.count) labels, and there are \(count) images",
        hint: "give the file that belongs to the images")
    }
  }

  private func images(
    _ shape: SampleShape, _ bytes: [UInt8], classes: [String], labels: [Int32],
    target: String = "label", test: (bytes: [UInt8], labels: [Int32])?
  ) throws -> NetworkData {
    guard classes.count >= 2 else {
      throw Failure(
        .invalid, "all images are of one class, `\(classes.first ?? "")`",
        hint: "at least two classes are needed to tell apart")
    }
    guard labels.count < 1 << 31 else {
      throw Failure(.unsupported, "there are 2^31 images or more")
    }
    let everything = labels.indices.map { Int32($0) }
    var (train, held) = (everything, [Int32]())
    if test == nil {
      let split = StratifiedSplit(
        rows: Array(labels.indices), labels: labels, classCount: classes.count,
        fraction: try job.testFraction, seed: try job.seed)
      (train, held) = (split.train.map { Int32($0) }, split.test.map { Int32($0) })
    }
    let moments = PixelMoments(bytes, shape, samples: train)
    let means = try numbers("means", shape.channels) ?? moments.means
    let deviations = try numbers("deviations", shape.channels) ?? moments.deviations
    guard deviations.allSatisfy({ $0 > 0 }) else {
      throw Failure(.invalid, "`deviations` must be above 0")
    }
    let source = ImageSamples(bytes, shape: shape, means: means, deviations: deviations)
    let change = try ImageChange(job)
    let targets = NetworkTargets.classes(labels, count: classes.count)
    let own = NetworkData.Part(
      source: change.map { ChangedImages(source, $0) } ?? source, targets: targets, samples: train)
    let tested =
      test.map { test in
        NetworkData.Part(
          source: ImageSamples(test.bytes, shape: shape, means: means, deviations: deviations),
          targets: .classes(test.labels, count: classes.count),
          samples: test.labels.indices.map { Int32($0) })
      } ?? NetworkData.Part(source: source, targets: targets, samples: held)
    return NetworkData(
      input: .images(shape, means: means, deviations: deviations), target: target,
      classes: classes, train: own, test: tested, file: try job.data)
  }

  /// Numbers between commas, one a channel; a single one is that of all.
  private func numbers(_ name: String, _ count: Int) throws -> [Double]? {
    let texts = try job.list(name)
    guard !texts.isEmpty else { return nil }
    let numbers = texts.compactMap(Double.init).filter(\.isFinite)
    guard numbers.count == texts.count, [1, count].contains(numbers.count) else {
      throw Failure(
        .invalid,
        "`\(name)` must be \(counted(count, "number")) between commas, not `\(job.text(name) ?? "")`"
      )
    }
    return numbers.count == count ? numbers : Array(repeating: numbers[0], count: count)
  }
}
