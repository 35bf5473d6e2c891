import Platform
import SystemPackage

/// A folder that another program wrote, read without trust: no path leads out of it, links are not followed, and no file
/// is larger than it may be.
final class ForeignFolder {
  let path: FilePath
  let folder: ConfinedFolder
  let report: ExchangeReport

  /// The most bytes of a file that is read whole.
  static let textLimit: Int64 = 64 << 20

  init(_ path: FilePath, _ report: ExchangeReport) throws {
    self.path = path
    self.report = report
    folder = try ConfinedFolder(path)
  }

  /// A path as a person is told it.
  func shown(_ names: [String]) -> String {
    names.isEmpty ? path.string : path.string + "/" + names.joined(separator: "/")
  }

  /// The files and folders in a folder, by name; none when it is missing. What is neither is told.
  func entries(_ names: [String]) throws -> [ConfinedFolder.Entry] {
    do {
      let entries = try folder.list(names)
      try Self.tellLeftOut(
        of: FilePath(shown(names)), besides: entries.map(\.name), report)
      return entries
    } catch let failure as Failure where failure.code == .notFound {
      return []
    } catch let failure as Failure {
      report.skip(located(failure, names))
      return []
    }
  }

  /// The names of the folders in a folder.
  func folders(_ names: [String]) throws -> [String] {
    try entries(names).filter(\.isDirectory).map(\.name)
  }

  /// The bytes of a file; nil when there is none, or when it cannot be read, which is told.
  func bytes(_ names: [String], limit: Int64 = ForeignFolder.textLimit) -> [UInt8]? {
    do {
      let file = try folder.openFile(names)
      guard file.status.size <= limit else {
        report.skip(
          Failure(
            .invalid, "`\(shown(names))` is larger than \(ByteCount(limit))",
            hint: "it is not what MLflow wrote"))
        return nil
      }
      let expected = Int(file.status.size)
      return try [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
      }
    } catch let failure as Failure where failure.code == .notFound {
      return nil
    } catch let failure as Failure {
      report.skip(located(failure, names))
      return nil
    } catch { return nil }
  }

  /// The text of a file; nil when there is none, or when it is not UTF-8, which is told.
  func text(_ names: [String]) -> String? {
    guard let bytes = bytes(names) else { return nil }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    report.skip(
      Failure(
        .parse, "`\(shown(names))` is not UTF-8 text", at: SourceLocation(file: shown(names))))
    return nil
  }

  /// The files below a folder with their paths as MLflow reads them: the key `a/b` is the file `b` in the folder `a`.
  func eachFile(below names: [String], _ body: (_ key: String) throws -> Void) throws {
    try walk(names, [], body)
  }

  private func walk(
    _ base: [String], _ path: [String], _ body: (String) throws -> Void
  ) throws {
    guard path.count < 60 else {
      return report.skip(Failure(.invalid, "`\(shown(base + path))` is nested too deeply"))
    }
    for entry in try entries(base + path) {
      let inner = path + [entry.name]
      if entry.isDirectory {
        try walk(base, inner, body)
      } else {
        try body(inner.joined(separator: "/"))
      }
    }
  }

  private func located(_ failure: Failure, _ names: [String]) -> Failure {
    var failure = failure
    failure.location = SourceLocation(file: shown(names))
    return failure
  }

  /// Tells of what a listing leaves out: links, special files, and names that are not UTF-8.
  static func tellLeftOut(
    of path: FilePath, besides listed: [String], _ report: ExchangeReport
  ) throws {
    let all = try FileSystem.components(in: path)
    guard all.count > listed.count else { return }
    let known = Set(listed)
    for name in all where !known.contains(name.string) && !name.string.hasPrefix(".reprise-upload-")
    {
      let place = path.appending(name)
      let isLink = try FileSystem.linkStatus(place)?.kind == .link
      report.skip(
        Failure(
          .invalid, "`\(place)` is \(isLink ? "a link" : "no file, folder or name in UTF-8")",
          hint: isLink ? "put what it leads to in its place; links are not followed" : nil))
    }
  }
}
