import Formats
import Platform
import SystemPackage

/// A folder with a folder of PNG files for each class, as torchvision's `ImageFolder` has them.
struct ImageFolder {
  var shape: SampleShape
  var bytes: [UInt8]
  /// Names of the folders, in the order of their bytes.
  var classes: [String]
  var labels: [Int32]

  /// - Throws: ``Failure`` for images of differing sizes, with the file.
  init(_ path: FilePath) throws {
    classes = []
    labels = []
    bytes = []
    shape = SampleShape(0)
    var first: SampleShape?
    for folder in try FileSystem.components(in: path) {
      let place = path.appending(folder)
      guard try FileSystem.status(place)?.kind == .directory, !folder.string.hasPrefix(".") else {
        continue
      }
      let files = try FileSystem.components(in: place).filter {
        $0.extension?.lowercased() == "png" && !$0.string.hasPrefix(".")
      }
      guard !files.isEmpty else { continue }
      classes.append(folder.string)
      for file in files {
        try read(place.appending(file), &first)
        labels.append(Int32(classes.count - 1))
      }
    }
    guard let first else {
      throw Failure(
        .invalid, "there are no images in `\(path)`",
        hint: "put .png files into a folder for each class, or give MNIST's four files")
    }
    shape = first
  }

  private mutating func read(_ path: FilePath, _ shape: inout SampleShape?) throws {
    let image: PNGImage
    let file = try FileSystem.read(path, limit: 1 << 28)
    do throws(ParseFailure) {
      image = try PNGImage(parsing: file)
    } catch {
      throw error.failure(in: path.string)
    }
    // The first image says whether there are colours.
    let own = SampleShape(
      height: image.height, width: image.width,
      channels: shape?.channels ?? (image.isGrey ? 1 : 3))
    if let shape, own != shape {
      throw Failure(
        .invalid,
        "the image is of \(own.height)x\(own.width) points, and those before it of \(shape.height)x\(shape.width)",
        hint: "images must be of one size: make them so first",
        at: SourceLocation(file: path.string))
    }
    guard own.count <= SampleShape.greatestCount, bytes.count <= 1 << 33 else {
      throw Failure(
        .unsupported, "the images are more than fit into memory",
        at: SourceLocation(file: path.string))
    }
    shape = own
    if own.channels == 1 {
      bytes += image.luma.pixels
      return
    }
    for y in 0..<image.height {
      for x in 0..<image.width {
        let pixel = image[x, y]
        bytes += [pixel.red, pixel.green, pixel.blue].map { UInt8($0 >> 8) }
      }
    }
  }
}
