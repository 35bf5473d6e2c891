import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Files of networks") struct NetworkFilesTests {
  private static func models() throws -> [NetworkModel] {
    [try NetworkSamples.image(), try NetworkSamples.table(), try NetworkSamples.number()]
  }

  @Test("a network is written and read, the same bytes for the same network") func roundTrip()
    throws
  {
    let folder = try TemporaryFolder()
    for model in try Self.models() {
      for layout in [ONNXLayout.matrix, .columns] {
        let bytes = try model.onnx(layout: layout)
        #expect(try bytes == model.onnx(layout: layout))
        #expect(try ONNXFile.model(bytes) as? NetworkModel == model)
      }
      let path = folder.path.appending("\(model.plans.count).onnx")
      try FileSystem.write(ModelExport.bytes(of: model, as: .onnx), to: path)
      #expect(try ModelFile.read(path) as? NetworkModel == model)
      #expect(model.safetensors() == model.safetensors())
      #expect(try NetworkModel(safetensors: model.safetensors()) == model)
    }
  }

  @Test("weights have PyTorch's names, shapes and order") func names() throws {
    let file = try SafetensorsFile(parsing: NetworkSamples.image().safetensors())
    #expect(
      file.tensors.map { "\($0.name) \($0.shape)" } == [
        "0.weight [4, 1, 3, 3]", "0.bias [4]", "1.weight [4]", "1.bias [4]", "1.running_mean [4]",
        "1.running_var [4]", "7.weight [5, 8]", "7.bias [5]", "9.weight [3, 5]", "9.bias [3]",
      ])
    #expect(file.metadata.map(\.key) == ["format", "reprise.network"])
  }

  @Test("what PyTorch counts for itself is left out, and any order and float will do")
  func others() throws {
    let model = try NetworkSamples.image()
    var file = try SafetensorsFile(parsing: model.safetensors())
    file.tensors.reverse()
    file.tensors.insert(
      SafetensorsTensor("1.num_batches_tracked", shape: [], ints: [938]), at: 3)
    #expect(try NetworkModel(safetensors: file.encoded) == model)
    file.tensors.append(SafetensorsTensor("11.weight", shape: [1], ints: [1]))
    #expect(
      throws: Failure(
        .unsupported, "its tensor `11.weight` is of the type I64",
        hint: "weights can be read from F32, F16, BF16 and F64")
    ) { try NetworkModel(safetensors: file.encoded) }
  }

  @Test("weights that do not fit the layers are refused, whatever the layers ask for")
  func misfits() throws {
    let model = try NetworkSamples.table()
    func failure(_ change: (inout NetworkModel) -> Void) -> String {
      var changed = model
      change(&changed)
      do {
        _ = try NetworkModel(metadata: changed.json.text(), tensors: changed.tensors)
        return ""
      } catch { return "\((error as? Failure)?.message ?? "\(error)")" }
    }
    #expect(failure { _ in } == "")
    #expect(failure { $0.tensors.removeLast() } == "there is no `2.bias` of shape [1]")
    #expect(
      failure { $0.tensors[0].shape = [3, 4] }
        == "`0.weight` has the shape [3, 4], and should have [4, 3]")
    #expect(failure { $0.tensors[1] = $0.tensors[0] } == "there are two tensors `0.weight`")
    #expect(
      failure { $0.tensors.append(NetworkTensor("3.bias", [1], [1])) }
        == "no layer has a tensor `3.bias`")
    // Gigabytes of weights are not made before the file's are counted.
    #expect(
      failure { $0.plans[0] = .dense(units: 1 << 20) }
        == "`0.weight` has the shape [4, 3], and should have [1048576, 3]")
    #expect(
      failure { $0.plans[3] = .activation(.tanh) }
        == "its last layer is no `sigmoid`, which makes probabilities")
    #expect(failure { $0.classes = ["a", "b", "c"] } == "its layers give 1 numbers for 3 classes")
    #expect(
      failure {
        $0.plans.insert(.conv2d(filters: 1, kernel: 2, stride: 1, padding: 0, groups: 1), at: 0)
      }
        == "layer 1: windows of 2x2 do not fit into images of 3")
  }

  @Test("metadata that is none of ours is refused with one message") func metadata() throws {
    let model = try NetworkSamples.image()
    let text = model.json.text()
    for (old, new, message) in [
      (
        "{\"format\"", "",
        "its note `reprise.network` is not as reprise writes it: unexpected character in JSON"
      ),
      (
        "reprise.network/1", "reprise.network/2",
        "it does not say `\"format\": \"reprise.network/1\"`"
      ),
      ("\"height\":6", "\"height\":0", "its images have no size that can be"),
      ("\"height\":6", "\"height\":9223372036854775807", "its images have no size that can be"),
      ("\"width\":5", "\"width\":67108864", "its images have no size that can be"),
      (
        "[0.5,0.125]", "[0.5,0]",
        "its means and deviations are not one a channel, deviations above 0"
      ),
      (
        "[0.5,0.125]", "[0.5]", "its means and deviations are not one a channel, deviations above 0"
      ),
      ("\"gelu\"", "\"swish\"", "there is no layer `swish`"),
      ("\"classes\":[", "\"classes\":[\"a\",", "`classes` names something twice"),
    ] {
      let changed = text.replacing(old, with: new, maxReplacements: 1)
      #expect(changed != text)
      let failure = #expect(throws: Failure.self) {
        try NetworkModel(metadata: changed, tensors: model.tensors)
      }
      #expect(failure?.message == message)
    }
  }

  @Test("a graph that somebody changed is not believed") func changed() throws {
    let model = try NetworkSamples.image()
    var file = try ONNXModel(parsing: model.onnx())
    let place = try #require(file.graph.nodes.firstIndex { $0.operation == "Tanh" })
    file.graph.nodes[place].operation = "Sigmoid"
    let failure = #expect(throws: Failure.self) { try ONNXFile.model(file.encoded) }
    #expect(
      failure?.message == "its graph is not the one that its note `reprise.network` describes")
    // Without the note it is read as that of others: names of classes are lost.
    file.metadata = []
    let read = try #require(ONNXFile.model(file.encoded) as? NetworkModel)
    #expect(read.classes == ["0", "1", "2"])
    #expect(read.plans.filter { $0 == .activation(.sigmoid) }.count == 1)
    #expect(read.input == model.input)
  }

  @Test("files that are changed anywhere are read or refused") func broken() throws {
    var random = SeededRandom(seed: 5)
    var (read, refused) = (0, 0)
    for bytes in [
      try NetworkSamples.image().onnx(), try NetworkSamples.table().onnx(),
      try NetworkSamples.image().safetensors(), try NetworkSamples.number().safetensors(),
      try Self.foreign(),
    ] {
      let isONNX = ONNXModel.isLikely(bytes)
      for turn in 0..<500 {
        var changed = bytes
        if turn < 100 { changed.removeLast(Int(random.next() % UInt64(bytes.count))) }
        for _ in 0..<random.pick([1, 2, 4]) {
          guard !changed.isEmpty else { break }
          let place = Int(random.next() % UInt64(changed.count))
          switch random.pick([0, 1, 2]) {
          case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
          case 1: changed.remove(at: place)
          default: changed[place] ^= 1 << UInt8(random.next() % 8)
          }
        }
        do {
          if isONNX {
            if let model = try ONNXFile.model(changed) as? NetworkModel { _ = try model.onnx() }
          } else {
            _ = try NetworkModel(safetensors: changed)
          }
          read += 1
        } catch let error {
          #expect(error is Failure || error is ParseFailure, "\(error)")
          refused += 1
        }
      }
    }
    #expect(read > 50 && refused > 500, "\(read) read, \(refused) refused")
  }

  /// A network without our note.
  private static func foreign() throws -> [UInt8] {
    var file = try ONNXModel(parsing: NetworkSamples.image().onnx())
    file.metadata = []
    return file.encoded
  }
}
