import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("A record in a folder that cannot be written") struct ReadOnlyTests {
  @Test(
    "it can be read, with and without a log left beside it; writing is a failure",
    arguments: [true, false])
  func reading(withLog: Bool) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("r")
    let kept = try RecordStore(in: path)
    let id = try kept.start(NewRun(startTime: 1)).id
    let place = folder.path.appending("copy")
    try FileSystem.createDirectory(place)
    for name in withLog ? ["records.db", "records.db-wal"] : ["records.db"] {
      if !withLog { try kept.emptyLog() }
      try FileSystem.write(
        FileSystem.read(path.appending(name)), to: place.appending(name), mode: 0o444)
    }
    chmod(folder.path.string, 0o755)
    chmod(place.string, 0o555)
    await #expect(processExitsWith: .success) {
      [place = place.string as String, hex = id.hex as String] in
      // Root may write everywhere, so the test gives that up first.
      if getuid() == 0 { try #require(setgid(65534) == 0 && setuid(65534) == 0) }
      let store = try RecordStore(readingIn: FilePath(place))
      #expect(try store.run(#require(RunID(hex))).id.hex == hex)
      let failure = #expect(throws: Failure.self) { try RecordStore(in: FilePath(place)) }
      #expect(failure?.code == .permission)
      #expect(try FileSystem.names(in: FilePath(place)).allSatisfy { !$0.hasSuffix("-shm") })
    }
    chmod(place.string, 0o755)
  }
}
