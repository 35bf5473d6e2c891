import Compute
import Platform
import SystemPackage

/// Images whose points are the columns of a table, row by row of the image.
struct TableImages {
  let shape: SampleShape
  private(set) var bytes: [UInt8]
  let classes: [String]
  let labels: [Int32]

  init(_ job: TrainingJob, shape: SampleShape) throws {
    self.shape = shape
    let options = try TableOptions(job)
    let table = try TableFile.read(
      job.data, dialect: options.dialect, asText: options.categorical, threads: job.threads)
    let columns = try TableSelection.columns(table, options)
    let target = try ClassTarget(table, options)
    if let row = target.labels.firstIndex(of: -1) {
      throw Failure(
        .invalid, "an image without a value of `\(options.target)`", at: table.location(row: row))
    }
    bytes = try Self.bytes(columns, shape, table)
    classes = target.classes
    labels = target.labels
  }

  /// - Throws: ``Failure`` for columns that are no points of such images.
  static func bytes(
    _ columns: [Column], _ shape: SampleShape, _ table: Table
  ) throws -> [UInt8] {
    guard columns.count == shape.count else {
      throw Failure(
        .invalid,
        "images of \(shape) have \(shape.count) points, and there are \(columns.count) columns",
        hint: "say which columns are points with `features`, or leave others out with `drop`",
        at: table.location())
    }
    var bytes = [UInt8](repeating: 0, count: table.rowCount * columns.count)
    for (place, column) in columns.enumerated() {
      guard let numbers = column.numbers else {
        throw Failure(
          .invalid, "column `\(column.name)` holds text, and points of images are numbers",
          at: table.location(row: column.census?.firstText))
      }
      for (row, number) in numbers.enumerated() {
        guard let byte = UInt8(exactly: number) else {
          throw Failure(
            .invalid, "column `\(column.name)` holds \(number), which is no point of an image",
            hint: "points are whole numbers from 0 to 255", at: table.location(row: row))
        }
        bytes[row * columns.count + place] = byte
      }
    }
    return bytes
  }

  /// `28x28`, `32x32x3`.
  static func shape(_ text: String) throws -> SampleShape {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    let sizes = parts.compactMap(\.self)
    guard (2...3).contains(parts.count), sizes.count == parts.count,
      sizes.allSatisfy({ (1...65536).contains($0) }), sizes.count < 3 || sizes[2] <= 4,
      sizes.reduce(1, { $0 * $1 }) <= SampleShape.greatestCount
    else {
      throw Failure(
        .invalid, "`image` must be height and width, and perhaps channels, not `\(text)`",
        hint: "write `28x28`, or `32x32x3`")
    }
    return SampleShape(
      height: sizes[0], width: sizes[1], channels: sizes.count == 3 ? sizes[2] : 1)
  }
}
