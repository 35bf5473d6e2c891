import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Files of networks against onnxruntime and NumPy") struct NetworkFilesInterop {
  private static let samples = 6

  @Test("onnxruntime says with our files of networks for images what we say") func images() throws {
    let folder = try TemporaryFolder()
    var generator = NetworkGenerator(seed: 1)
    var cases: [JSONValue] = []
    for index in 0..<70 {
      let model = try generator.images()
      try write(model, index, in: folder)
      let shape = model.input.shape
      let bytes = (0..<Self.samples * shape.count).map { _ in
        UInt8(truncatingIfNeeded: generator.random.next())
      }
      guard case .images(_, let means, let deviations) = model.input else { continue }
      let ours = try model.answers(
        ImageSamples(bytes, shape: shape, means: means, deviations: deviations))
      cases.append(
        .object([
          .init(
            "shape", .array([shape.height, shape.width, shape.channels].map { .int(Int64($0)) })),
          .init("bytes", .array(bytes.map { .int(Int64($0)) })), .init("answers", .matrix(ours)),
          .init("classes", .array(model.classes.map { .string($0) })),
        ]))
    }
    try compare(cases, Self.imageFeed, in: folder)
  }

  @Test("onnxruntime says with our files of networks for tables what we say") func rows() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<Self.samples).map { row in
      "\(row * 3 - 4).25,\(["red", "blue", "", "new"][row % 4]),\(row == 2 ? "" : "\(1e4 + Double(row))")\n"
    }
    let path = try folder.write("size,colour,year\n" + lines.joined(), to: "data.csv")
    let table = try TableFile.read(path, asText: ["colour"])
    let numbers = [
      Feature("size", .standardized(mean: 1.5, scale: 3)),
      Feature("year", .standardized(mean: 10_002, scale: 0.75)),
    ]
    let colour = Feature("colour", .oneHot(categories: ["blue", "red"], missing: true))
    var generator = NetworkGenerator(seed: 2)
    var cases: [JSONValue] = []
    for index in 0..<40 {
      let isMixed = index % 2 == 1
      let encoder = FeatureEncoder(isMixed ? [numbers[0], colour, numbers[1]] : numbers)
      let model = try generator.rows(encoder)
      try write(model, index, in: folder)
      let matrix = try encoder.encode(table).matrix
      let cells = (0..<Self.samples).flatMap { row in
        (0..<encoder.width).map { Float(matrix[row, $0]) }
      }
      cases.append(
        .object([
          .init("answers", .matrix(try model.answers(RowSamples(cells, columns: encoder.width)))),
          .init("classes", .array(model.classes.map { .string($0) })),
        ]))
    }
    try compare(cases, Self.tableFeed, in: folder)
  }

  /// Writes a network in both formats, and reads it again.
  private func write(_ model: NetworkModel, _ index: Int, in folder: TemporaryFolder) throws {
    let path = folder.path.appending("\(index).onnx")
    try FileSystem.write(model.onnx(), to: path)
    try FileSystem.write(model.safetensors(), to: folder.path.appending("\(index).safetensors"))
    #expect(try ModelFile.read(path) as? NetworkModel == model, "ONNX of \(model.plans)")
    #expect(try NetworkModel(safetensors: model.safetensors()) == model)
  }

  private func compare(_ cases: [JSONValue], _ feed: String, in folder: TemporaryFolder) throws {
    try folder.write(JSONValue.array(cases).text(), to: "cases.json")
    let answers = try #require(try Peer.run(Self.running(feed), in: folder).array)
    #expect(answers.count == cases.count)
    for (index, answer) in answers.enumerated() {
      let what = "network \(index): \(answer.text())"
      #expect(try #require(answer["difference"]?.number) < 1e-5, "\(what)")
      #expect(answer["labels"]?.bool == true, "\(what)")
      #expect(answer["tensors"]?.bool == true, "\(what)")
    }
  }

  private static let imageFeed = """
    images = np.array(case["bytes"], "f4").reshape([-1] + case["shape"]) / 255
    feed = {"image": images.transpose(0, 3, 1, 2)}
    """

  private static let tableFeed = """
    if names == ["input"]:
        feed = {"input": data[["size", "year"]].to_numpy("f8")}
    else:
        feed = {name: data[[name]].fillna("").to_numpy(object) if name == "colour"
                else data[[name]].to_numpy("f8") for name in names}
    """

  /// Runs every file, and reads the same weights out of its safetensors with nothing but NumPy.
  private static func running(_ feed: String) -> String {
    let indented = feed.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return #"""
      import json, os, struct, numpy as np, pandas as pd, onnx, onnxruntime
      data = pd.read_csv(folder + "/data.csv") if os.path.exists(folder + "/data.csv") else None

      def read(path):
          with open(path, "rb") as file:
              length, = struct.unpack("<Q", file.read(8))
              assert length % 8 == 0
              header = json.loads(file.read(length))
              rest = file.read()
          metadata = header.pop("__metadata__")
          assert metadata["format"] == "pt" and json.loads(metadata["reprise.network"])["layers"]
          tensors, end = {}, 0
          for name, about in header.items():
              start, stop = about["data_offsets"]
              assert start == end and about["dtype"] == "F32"
              tensors[name] = np.frombuffer(rest[start:stop], "<f4").reshape(about["shape"])
              end = stop
          assert end == len(rest)
          return tensors

      out = []
      for index, case in enumerate(json.load(open(folder + "/cases.json"))):
          file = "%s/%d.onnx" % (folder, index)
          onnx.checker.check_model(file, full_check=True)
          session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
          names = [value.name for value in session.get_inputs()]
      \#(indented)
          found = session.run(None, feed)
          ours = np.array(case["answers"])
          theirs = found[-1].astype("f8")
          error = np.abs(theirs - ours) / np.maximum(1, np.abs(ours))
          labels = True
          if case["classes"]:
              labels = [str(label) for label in found[0]] == [case["classes"][k] for k in theirs.argmax(1)]
          weights = {t.name: onnx.numpy_helper.to_array(t) for t in onnx.load(file).graph.initializer
                     if t.name[0].isdigit()}
          tensors = read("%s/%d.safetensors" % (folder, index))
          same = list(weights) == list(tensors) and all(
              weights[k].shape == tensors[k].shape and (weights[k] == tensors[k]).all() for k in weights)
          out.append({"difference": float(error.max()), "labels": labels, "tensors": same,
                      "shapes": [list(theirs.shape), list(ours.shape)]})
      json.dump(out, open(folder + "/result.json", "w"))
      """#
  }
}

extension JSONValue {
  fileprivate static func matrix(_ rows: [[Double]]) -> JSONValue {
    .array(rows.map { .array($0.map { .double($0) }) })
  }
}
