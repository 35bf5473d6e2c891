import Platform
import SystemPackage

/// The files of a folder that no path leads out of: links and special files are told and left out.
package struct FolderTree: ArtifactTree {
  private let folder: ConfinedFolder
  /// Below the folder.
  private let names: [String]
  private let report: ExchangeReport

  /// Deeper folders are told and left out.
  private static let depth = 100

  package init(_ folder: ConfinedFolder, _ names: [String], _ report: ExchangeReport) {
    self.folder = folder
    self.names = names
    self.report = report
  }

  package func eachFile(_ body: ([String], Int64?) throws -> Void) throws {
    try walk([], body)
  }

  private func walk(_ path: [String], _ body: ([String], Int64?) throws -> Void) throws {
    guard path.count <= Self.depth else {
      return report.skip(
        Failure(.invalid, "`\(shown(path))` is nested more than \(Self.depth) folders deep"))
    }
    let entries = try folder.list(names + path)
    try ForeignFolder.tellLeftOut(
      of: folder.path.pushing(FilePath((names + path).joined(separator: "/"))),
      besides: entries.map(\.name), report)
    for entry in entries {
      if entry.isDirectory {
        try walk(path + [entry.name], body)
      } else {
        try body(path + [entry.name], entry.size)
      }
    }
  }

  package func read(_ path: [String], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let file = try folder.openFile(names + path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { buffer.deallocate() }
    var offset: Int64 = 0
    while true {
      let count = try file.read(into: buffer, at: offset)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += Int64(count)
    }
  }

  private func shown(_ path: [String]) -> String {
    folder.path.string + "/" + (names + path).joined(separator: "/")
  }
}
