import Formats
import Platform
import SystemPackage

/// Images in one file: MNIST's format, or an array of NumPy's; packed or not.
struct ImageArrays {
  var shape: SampleShape
  /// (image, row, column, channel).
  var bytes: [UInt8]

  /// - Throws: ``Failure`` for arrays that are no images of bytes.
  init(_ path: FilePath) throws {
    let array = try Self.array(path)
    let sizes = array.shape
    guard (3...4).contains(sizes.count) else {
      throw Failure(
        .invalid,
        "`\(path)` holds an array of the shape (\(sizes.map(String.init).joined(separator: ", "))), which is no list of images",
        hint: "images are (image, row, column) or (image, row, column, channel)")
    }
    let channels = sizes.count == 4 ? sizes[3] : 1
    guard sizes[1] > 0, sizes[2] > 0, (1...4).contains(channels),
      let count = NumPyArray.count(of: Array(sizes.dropFirst())),
      count <= SampleShape.greatestCount
    else {
      throw Failure(
        .invalid,
        "the images of `\(path)` have the shape (\(sizes.dropFirst().map(String.init).joined(separator: ", "))), which cannot be read",
        hint: "images have 1 to 4 channels, the last dimension")
    }
    guard let bytes = array.plainBytes else {
      throw Failure(
        .unsupported, "the numbers of `\(path)` are no bytes from 0 to 255, row after row",
        hint: "save them with `.astype('uint8')`")
    }
    shape = SampleShape(height: sizes[1], width: sizes[2], channels: channels)
    self.bytes = bytes
  }

  /// The labels of a file: whole numbers of an array, or the one column of a table.
  static func labels(_ path: FilePath) throws -> [Int64] {
    let array = try array(path)
    guard array.shape.count == 1 else {
      throw Failure(
        .invalid,
        "`\(path)` holds an array of the shape (\(array.shape.map(String.init).joined(separator: ", "))), and labels are a single row of numbers"
      )
    }
    return try array.values.enumerated().map { index, value in
      guard let label = Int64(exactly: value), abs(value) <= 0x1p53 else {
        throw Failure(.invalid, "label \(index) of `\(path)` is \(value), which is no class")
      }
      return label
    }
  }

  /// Whether a file is one that holds an array.
  static func isOne(_ path: FilePath) throws -> Bool {
    guard try FileSystem.status(path)?.kind != .directory else { return false }
    let name = path.lastComponent?.string ?? ""
    return name.hasSuffix(".npy") || name.contains("idx") && name.contains("ubyte")
      || name.hasSuffix(".idx") || name.hasSuffix(".idx.gz") || name.hasSuffix(".npy.gz")
  }

  private static func array(_ path: FilePath) throws -> NumPyArray {
    var bytes = try FileSystem.read(path, limit: 8 << 30)
    do throws(ParseFailure) {
      if PackedText.format(of: bytes) != nil {
        bytes = try PackedText.unpack(bytes, limit: 8 << 30)
      }
      return bytes.starts(with: [0x93])
        ? try NumPyArray(parsing: bytes) : try NumPyArray(parsingIDX: bytes)
    } catch {
      throw error.failure(in: path.string)
    }
  }
}
