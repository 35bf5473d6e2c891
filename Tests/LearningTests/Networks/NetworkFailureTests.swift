import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("What trainers of networks refuse") struct NetworkFailureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var kind = NetworkTrainer.Kind.convolutional
    var values: [String: String] = [:]
    var layers: [JSONValue]?
    var message: String
    var hint: String?
    var testDescription: String { message }
  }

  static let cases = [
    Case(
      layers: [.string("32c3"), .string("relu"), .string("10")],
      message: "layer 3: `dense` takes a row of numbers, and gets images of 6x6x32",
      hint: "put `flatten` or `globalaveragepool` before it"),
    Case(
      layers: [.string("4c3"), .string("pool 9"), .string("flatten"), .string("4")],
      message: "layer 2: windows of 9x9 do not fit into images of 6x6x4"),
    Case(
      layers: [.string("flatten"), .string("8c3"), .string("4")],
      message: "layer 2: windows of 3x3 do not fit into images of 64",
      hint: "does a `flatten` stand too early?"),
    Case(
      layers: [.string("4c3"), .string("flatten"), .string("7")],
      message: "the last layer gives 7, and there are 4 classes to tell", hint: "end with `4`"),
    Case(
      layers: [.string("flatten")],
      message: "the last layer gives 64, and there are 4 classes to tell"),
    Case(layers: [.string("reul")], message: "layer 1 of `layers`: there is no layer named `reul`"),
    Case(
      layers: [.string("dropout 1")],
      message: "layer 1 of `layers`: `rate` of `dropout` must be from 0 to below 1, not 1.0"),
    Case(
      layers: [.string("dropout")],
      message: "layer 1 of `layers`: `dropout` is no layer that can be read",
      hint: "write `dropout 0.2`"),
    Case(layers: [], message: "`layers` is no list of 1 to 1000 layers"),
    Case(
      layers: [.object([.init("conv2d", .object([.init("kernl", .int(3))]))])],
      message: "layer 1 of `layers`: `conv2d` has no key `kernl`",
      hint: "did you mean `kernel`? it takes: filters, kernel, stride, padding, groups, activation"),
    Case(
      layers: [.object([.init("conv2d", .object([.init("kernel", .int(3))]))])],
      message: "layer 1 of `layers`: `conv2d` needs `filters`"),
    Case(
      layers: [
        .object([
          .init(
            "conv2d",
            .object([
              .init("filters", .int(6)), .init("kernel", .int(3)), .init("groups", .int(4)),
            ]))
        ])
      ],
      message: "layer 1: 4 groups do not divide both the 1 channels that come and the 6 filters"),
    Case(
      layers: [.int(1 << 21)],
      message: "layer 1 of `layers`: `units` must be from 1 to 1048576, not 2097152"),
    Case(
      layers: [.string("flatten"), .int(1 << 20), .int(1 << 20), .int(4)],
      message: "with layer 3 the network has more than 268435456 weights"),
    Case(
      values: ["batch_size": "500"],
      message: "a batch of 500 is larger than the 200 samples to learn from",
      hint: "say `-P batch_size=50`, or less"),
    Case(
      values: ["loss": "binary_cross_entropy"],
      message: "`loss: binary_cross_entropy` is for two classes, and there are 4"),
    Case(
      values: ["loss": "squared"], message: "`loss: squared` does not go with classes",
      hint: "say cross_entropy"),
    Case(
      values: ["optimizer": "adm"], message: "`optimizer` cannot be `adm`",
      hint: "did you mean `adam`? choose one of: adam, adamw, sgd"),
    Case(values: ["deviations": "0"], message: "`deviations` must be above 0"),
    Case(values: ["means": "1,2"], message: "`means` must be 1 number between commas, not `1,2`"),
  ]

  @Test("with one clear message", arguments: cases) func refuses(_ one: Case) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await folder.trainNetwork(
        one.values, kind: one.kind, layers: one.layers.map { .array($0) })
    }
    #expect(failure?.message == one.message)
    if let hint = one.hint { #expect(failure?.hint == hint) }
  }

  @Test("files that are no images") func files() async throws {
    let folder = try TemporaryFolder()
    func message(_ values: [String: String]) async -> String {
      do {
        _ = try await folder.trainNetwork(values, kind: .convolutional, images: nil)
        return "it was trained"
      } catch { return (error as? Failure)?.message ?? "\(error)" }
    }
    let images = folder.path.appending("images")
    try SmallImages(count: 20).write(to: images)
    let train = images.appending("train-images-idx3-ubyte")
    let labels = images.appending("train-labels-idx1-ubyte")
    #expect(await message(["data": train.string]).hasPrefix("nothing says which classes"))
    let test = images.appending("t10k-labels-idx1-ubyte").string
    #expect(
      await message(["data": train.string, "labels": test])
        == "`\(test)` has 4 labels, and there are 20 images")
    #expect(
      await message(["data": labels.string, "labels": labels.string]).contains(
        "an array of the shape (20), which is no list of images"))
    #expect(
      await message(["data": train.string, "labels": train.string]).contains(
        "labels are a single row of numbers"))
    let bytes = try FileSystem.read(train)
    for count in [0, 3, 4, 15, 16, 17, bytes.count - 1] {
      try FileSystem.write(Array(bytes.prefix(count)), to: train)
      #expect(
        await message(["data": train.string, "labels": labels.string]) != "it was trained",
        "\(count)")
    }
    try FileSystem.remove(labels)
    #expect(await message(["data": images.string]).contains("has no `train-labels-idx1-ubyte`"))
    let empty = folder.path.appending("empty")
    try FileSystem.createDirectory(empty)
    #expect(await message(["data": empty.string]) == "there are no images in `\(empty)`")
    let table = try folder.write("a,b,y\n1,2,x\n3,4,z\n1,2,x\n3,4,z\n", to: "t.csv")
    #expect(
      await message(["data": table.string, "target": "y"]).hasPrefix(
        "`trainer: cnn` learns from images"))
    #expect(
      await message(["data": table.string, "target": "y", "image": "2x2"])
        == "images of 2x2x1 have 4 points, and there are 2 columns")
    #expect(
      await message(["data": table.string, "target": "y", "image": "2by1"]).hasPrefix(
        "`image` must be height and width"))
  }

  @Test("a loss that is no number: the step and the layer are told") func broken() async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await folder.trainNetwork(
        ["optimizer": "sgd", "learning_rate": "1000", "epochs": "50", "batch_size": "16"],
        layers: .array([.string("flatten"), .string("8"), .string("8"), .string("8"), .string("4")])
      )
    }
    #expect(failure?.message.hasPrefix("the loss is no finite number in step ") == true)
    #expect(failure?.message.contains(" is the first that gives none") == true)
    #expect(failure?.hint?.contains("lower `learning_rate`") == true)
  }
}
