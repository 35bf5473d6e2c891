import Compute
import Learning
import Platform
import SystemPackage

/// A folder of pictures as a table: the path of each in the folder, and the folder directly below that it lies in, which is its
/// class by custom; in the order of the paths' bytes.
package struct ImageFolderStream: TableStream {
  package let names = ["image", "class"]
  package let kinds: [Column.Kind?] = [.text, .text]
  package let canReadAgain = true
  package let source: String?
  /// Folders directly below that have no picture.
  package let emptyClasses: [String]
  private let files: [String]

  package var rowCount: Int? { files.count }

  /// More pictures are a mistake, or too many for one table.
  private static let most = 1 << 24
  private static let deepest = 32

  /// - Throws: ``Failure``: it cannot be read, or has no picture at all.
  package init(_ folder: FilePath) throws {
    var files: [String] = []
    var emptyClasses: [String] = []
    func walk(_ path: FilePath, _ prefix: String, depth: Int) throws {
      for name in try FileSystem.names(in: path) where !name.hasPrefix(".") {
        let child = path.appending(name)
        guard files.count < Self.most, depth < Self.deepest else {
          throw Failure(.invalid, "`\(folder)` has more pictures or deeper folders than are read")
        }
        if FileSystem.isDirectory(child) {
          let before = files.count
          try walk(child, prefix + name + "/", depth: depth + 1)
          if depth == 0, files.count == before { emptyClasses.append(name) }
        } else if ImageFacts.isImage(name) {
          files.append(prefix + name)
        }
      }
    }
    try walk(folder, "", depth: 0)
    guard !files.isEmpty else {
      throw Failure(
        .invalid, "there is no picture in `\(folder)`",
        hint: "names of pictures end in .png, .jpg or .jpeg")
    }
    self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.emptyClasses = emptyClasses.sorted()
    source = folder.string
  }

  /// Names the pictures of rows, which have no lines.
  func name(_ samples: inout [RowSample]) {
    for place in samples.indices where files.indices.contains(samples[place].row) {
      let path = files[samples[place].row]
      samples[place].line = nil
      samples[place].path = path
      // Tests of pictures say it themselves.
      let value = samples[place].value
      if value.hasPrefix(path + ": ") {
        samples[place].value = String(value.dropFirst(path.count + 2))
      }
    }
  }

  /// Each picture is work enough.
  private static let partRows = 32

  package func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    let pool = WorkerPool(threads: threads)
    var next = 0
    while next < files.count {
      try Task.checkCancellation()
      var parts: [TablePart] = []
      while parts.count < pool.threads * 2, next < files.count {
        let end = min(files.count, next + Self.partRows)
        parts.append(try part(next..<end, readings))
        next = end
      }
      let filled = parts
      let results = pool.map(filled.count) { index in Result { try look(filled[index]) } }
      for result in results { try take(result.get()) }
    }
  }

  private func part(_ rows: Range<Int>, _ readings: [TablePart.Reading]) throws -> TablePart {
    let part = TablePart(readings, names: names, rows: rows.count, isTyped: true)
    part.source = source
    part.firstRow = rows.lowerBound
    for row in rows {
      let path = files[row]
      let parts = path.split(separator: "/")
      let fields = [path, parts.count > 1 ? String(parts[0]) : ""].map { Array($0.utf8) }
      try fields[0].withUnsafeBufferPointer { first in
        try fields[1].withUnsafeBufferPointer { second in
          try [first, second].withUnsafeBufferPointer { try part.append($0, line: 0) }
        }
      }
    }
    return part
  }
}
