import Compute
import Formats
import Platform
import SystemPackage

/// Reads the pictures whose names stand in a column.
final class ImageScan: Scan, @unchecked Sendable {
  struct Image: Sendable {
    var sample: RowSample
    /// Nil when it cannot be read; the sample then says why.
    var facts: ImageFacts?
  }

  let column: String
  /// Where names begin that are not absolute.
  let folder: FilePath
  /// Whether it is wanted what they look like.
  let hashes: Bool
  let filter: RowExpression?
  /// In the order of the rows.
  private(set) var images: [Image] = []

  init(_ column: String, in folder: String, hashes: Bool, where filter: RowExpression?) {
    self.column = column
    self.folder = FilePath(folder)
    self.hashes = hashes
    self.filter = filter
  }

  func look(at block: RowBlock) -> [Image] {
    guard let cells = block.texts(column) else { return [] }
    let mask = block.mask(filter)
    return (0..<block.rowCount).compactMap { row in
      guard cells.codes[row] >= 0, mask.map({ $0[row] }) ?? true, let name = cells.text(row)
      else { return nil }
      var image = Image(sample: block.sample(row, name))
      do {
        let path = FilePath(name)
        let file = path.isAbsolute ? path : folder.pushing(path)
        let bytes = try FileSystem.read(file, limit: 1 << 28)
        image.facts = try ImageFacts(bytes, hashes: hashes)
      } catch let failure as ParseFailure {
        image.sample.value += ": \(failure.message)"
      } catch let failure as Failure where failure.code == .notFound {
        image.sample.value += ": no such file"
      } catch {
        image.sample.value += ": cannot be read"
      }
      return image
    }
  }

  func take(_ sight: [Image], at place: BlockPlace) {
    images += sight.map { image in
      var image = image
      image.sample.row += place.row
      return image
    }
  }
}
