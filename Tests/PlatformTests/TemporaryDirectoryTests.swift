import Platform
import Support
import SystemPackage
import Testing

@Suite("Temporary directories") struct TemporaryDirectoryTests {
  @Test("those that nobody holds are removed, and nothing else")
  func abandoned() throws {
    let folder = try TemporaryFolder()
    let held = try TemporaryDirectory(prefix: "mine-", in: folder.path)
    try FileSystem.write("x", to: held.path.appending("file"))
    try folder.write("x", to: "mine-abcdef/deep/file")
    try folder.write("x", to: "mine-longer-name/file")
    try folder.write("x", to: "other-abcdef/file")
    try folder.write("x", to: "mine-ghijkl")
    TemporaryDirectory.removeAbandoned(prefix: "mine-", in: folder.path)
    let left = try FileSystem.names(in: folder.path)
    #expect(
      left
        == [
          held.path.lastComponent?.string ?? "", "mine-ghijkl", "mine-longer-name", "other-abcdef",
        ]
        .sorted())
    #expect(FileSystem.exists(held.path.appending("file")))
    withExtendedLifetime(held) {}
  }

  @Test("one is gone with its scope, unless it is kept")
  func scope() throws {
    let folder = try TemporaryFolder()
    do { _ = try TemporaryDirectory(in: folder.path) }
    #expect(try FileSystem.names(in: folder.path).isEmpty)
    let kept = try TemporaryDirectory(in: folder.path).keep()
    #expect(FileSystem.isDirectory(kept))
  }
}
