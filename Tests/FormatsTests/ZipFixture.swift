import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Archives made by Python's zipfile in a folder of their own.
struct ZipFixture {
  let folder: TemporaryFolder
  var archive: FilePath { folder.path.appending("made.zip") }

  /// - Parameter script: Python that finds the archive open for writing as `z`, and `zipfile`, `os`, `io` imported.
  init(_ script: String, mode: String = "w") throws {
    folder = try TemporaryFolder()
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    try folder.write(
      """
      import io, os, stat, struct, sys, zipfile
      os.chdir(sys.argv[1])
      def link(name, target):
          i = zipfile.ZipInfo(name); i.create_system = 3; i.external_attr = (stat.S_IFLNK | 0o777) << 16
          z.writestr(i, target)
      def file(name, data, mode=0o644):
          i = zipfile.ZipInfo(name); i.create_system = 3; i.external_attr = (stat.S_IFREG | mode) << 16
          i.compress_type = zipfile.ZIP_DEFLATED
          z.writestr(i, data)
      with zipfile.ZipFile('made.zip', '\(mode)', zipfile.ZIP_DEFLATED) as z:
      \(lines.map { "    \($0)" }.joined(separator: "\n"))

      """, to: "make.py")
    try python(folder.path.appending("make.py"))
  }

  private func python(_ script: FilePath) throws {
    let status = system("python3 -W ignore '\(script)' '\(folder.path)'")
    try #require(status == 0, "python3 made no archive")
  }

  /// The failure of opening and extracting; nil when both worked.
  func failure(limits: ZipLimits = ZipLimits(), bytes: [UInt8]? = nil) throws -> Failure? {
    let target = folder.path.appending("out")
    do {
      let archive = try bytes.map { try ZipArchive($0) } ?? ZipArchive(archive)
      try archive.extract(to: target, limits: limits)
    } catch let failure as Failure {
      #expect(!FileSystem.exists(target))
      let left = try FileSystem.names(in: folder.path).filter { $0.hasPrefix(".extract") }
      #expect(left == [])
      return failure
    }
    return nil
  }
}

extension ZipFixture {
  /// Runs a Python file of the folder, which is given the folder's path.
  func run(_ name: String) throws {
    let status = system("python3 '\(folder.path.appending(name))' '\(folder.path)'")
    try #require(status == 0, "\(name) failed")
  }
}
