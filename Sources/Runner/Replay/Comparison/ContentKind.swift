import Formats

/// What two contents may be, by their first bytes and the ending of their name.
struct ContentKind {
  private let old: [UInt8]
  private let new: [UInt8]
  /// In lower case, without `.gz` and `.zst`, which only say how it is packed.
  private let ending: String
  private let innerName: String

  init(_ old: [UInt8], _ new: [UInt8], name: String) {
    self.old = old
    self.new = new
    var base = name.split(separator: "/").last.map(String.init) ?? ""
    for packing in [".gz", ".zst"] where base.lowercased().hasSuffix(packing) {
      base.removeLast(packing.count)
    }
    innerName = base
    ending = base.contains(".") ? base.split(separator: ".").last?.lowercased() ?? "" : ""
  }

  /// Those that may read both, the likeliest first.
  func readers(_ contents: ContentComparison) -> [any ContentReader] {
    if both({ PackedText.format(of: $0.prefix(4)) != nil }) {
      return contents.depth < contents.limits.archives
        ? [PackedReader(contents: contents, innerName: innerName)] : []
    }
    if both({ $0.starts(with: PNGImage.signature) }) { return [PictureReader()] }
    if both({ $0.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) }) { return [NumPyReader()] }
    if both({
      $0.starts(with: [0x50, 0x4B, 0x03, 0x04]) || $0.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }) {
      return contents.depth < contents.limits.archives
        ? [ArchiveReader(contents: contents, name: ending == "npz" ? "npz" : "zip")] : []
    }
    if both({ $0.starts(with: ParquetFile.magic) }) { return [ParquetReader()] }
    if both(PickleReader.isOne) { return [PickleReader()] }
    if both(Self.isUBJSON) { return [UBJSONReader()] }
    if ending == "onnx" || both({ ONNXModel.isLikely(Array($0.prefix(16))) }) {
      return [ONNXReader()] + texts(contents)
    }
    return texts(contents)
  }

  private func both(_ test: ([UInt8]) -> Bool) -> Bool { test(old) && test(new) }

  /// An object whose first key has a length in front, as no JSON has.
  private static func isUBJSON(_ bytes: [UInt8]) -> Bool {
    bytes.first == 0x7B && bytes.count > 1 && "LlIiUN#$".utf8.contains(bytes[1])
  }

  private func texts(_ contents: ContentComparison) -> [any ContentReader] {
    guard both(Self.isText) else { return [] }
    var readers: [any ContentReader] = []
    switch ending {
    case "ipynb": readers = [NotebookReader(contents: contents), JSONReader()]
    case "json", "geojson", "webmanifest": readers = [json]
    case "jsonl", "ndjson": readers = [JSONLinesReader()]
    case "csv": readers = [TableReader()]
    case "tsv", "tab": readers = [TableReader(isTabbed: true)]
    case "yaml", "yml": readers = [YAMLReader()]
    case "toml": readers = [TOMLReader()]
    default:
      if ["MLmodel", "MLproject", "dvc.lock"].contains(innerName) || ending == "dvc" {
        readers = [YAMLReader()]
      } else if both({ Self.start($0).starts(with: "tree\n".utf8) }) {
        readers = [LightGBMReader()]
      } else if both({ [0x7B, 0x5B].contains(Self.start($0).first) }) {
        readers = [json, JSONLinesReader()]
      }
    }
    if readers.isEmpty, both({ Self.start($0).starts(with: "tree\n".utf8) }) {
      readers = [LightGBMReader()]
    }
    return readers + [PlainTextReader()]
  }

  private var json: JSONReader {
    // XGBoost's first key is one of two, as ours and other programs' are not.
    let isXGBoost = both { bytes in
      let head = String(decoding: bytes.prefix(64), as: UTF8.self)
      let key = head.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
      return key == "learner"
        || key == "version"
          && String(decoding: bytes.prefix(4096), as: UTF8.self).contains("\"learner\"")
    }
    return isXGBoost ? JSONReader(name: "xgboost", readsTexts: true) : JSONReader()
  }

  /// Without a mark and blanks in front.
  private static func start(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  /// UTF-8 without zeros.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }
}
