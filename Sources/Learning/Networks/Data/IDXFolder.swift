import Platform
import SystemPackage

/// The four files of MNIST, of Fashion-MNIST and of what is made like them, packed or not, with dots or hyphens.
struct IDXFolder {
  let images: FilePath
  let labels: FilePath
  let testImages: FilePath
  let testLabels: FilePath

  /// - Returns: nil for a folder that has none of them.
  /// - Throws: ``Failure`` when only some are there.
  init?(_ folder: FilePath) throws {
    let names = Set(try FileSystem.names(in: folder))
    let wanted = [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte",
    ]
    let found = wanted.map { name in
      let dotted = name.split(separator: "-").joined(separator: "-")
        .replacing("-idx", with: ".idx")
      return [name, name + ".gz", dotted, dotted + ".gz"].first(where: names.contains)
    }
    guard found.contains(where: { $0 != nil }) else { return nil }
    for (name, file) in zip(wanted, found) where file == nil {
      throw Failure(
        .notFound, "`\(folder)` has no `\(name)`",
        hint: "MNIST is four files, packed with gzip or not")
    }
    let paths = found.compactMap { $0.map { folder.appending($0) } }
    (images, labels, testImages, testLabels) = (paths[0], paths[1], paths[2], paths[3])
  }
}
