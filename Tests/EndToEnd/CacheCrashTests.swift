import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Kept outputs when things go wrong") struct CacheCrashTests {
  private static let manifest = #"""
    entry_points:
      main:
        sources: []
        outputs: [out/]
        command: "echo x >> .reprise/ran; rm -rf out; mkdir out; for i in $(seq 40); do seq $i 20000 > out/$i; done"
    """#

  @Test("a run that is killed while it keeps or restores leaves nothing wrong")
  func killed() async throws {
    let project = try await CacheProject(Self.manifest, git: false)
    // Killed at any time, in the work, in the keeping, and in the bringing back of what was lost.
    let script = """
      for i in $(seq 1 24); do
        [ $((i % 3)) = 0 ] && rm -rf .reprise/cache/objects; [ $((i % 2)) = 0 ] && rm -rf out/1*
        timeout -s KILL $(printf '0.%03d' $((i * 17))) '\(Program.path)' run < /dev/null > /dev/null 2>&1 || true
      done
      """
    try await project.shell(script)
    try await project.run()
    let sums =
      "for i in $(seq 40); do seq $i 20000 | cmp - out/$i; done; ls out | wc -l; ls -A | tr '\\n' ' '"
    let result = try await Program.shell(sums, in: project.folder.path)
    #expect(result == "40\n.reprise MLproject data.txt out tool.sh ")
    let ran = try project.ran
    try await project.shell("rm -rf out")
    try await project.run()
    #expect(try project.ran == ran)
    #expect(try await Program.shell(sums, in: project.folder.path) == result)
    #expect(
      try await Program.shell("ls -A .reprise/cache/tmp | wc -l", in: project.folder.path) == "0\n")
  }

  @Test("two at once do not disturb each other")
  func together() async throws {
    let project = try await CacheProject(Self.manifest, git: false)
    try await project.run()
    let all = "for i in $(seq 6); do '\(Program.path)' run < /dev/null & done; wait; ls out | wc -l"
    for edit in ["rm -rf out", "rm out/3", "true"] {
      let result = try await Program.shell(edit + "; " + all, in: project.folder.path)
      #expect(result == "40\n")
    }
    #expect(try project.ran == 1)
  }

  /// A small disk of memory where one can be mounted, else a limit on the size of files.
  private static let full = #"""
    program=$1; mkdir disk
    if mount -t tmpfs -o size=66m tmpfs disk 2>/dev/null; then limit=unlimited; else limit=300; fi
    cp MLproject disk; cd disk; trap '' XFSZ
    (ulimit -f $limit; exec "$program" run < /dev/null > ../out 2> ../err); echo $?
    "$program" runs show latest --json < /dev/null; cat ../err >&2
    """#

  @Test("a disk without room for a copy makes no run fail")
  func fullDisk() async throws {
    let project = try await CacheProject(
      "entry_points: {main: {sources: [], outputs: [big], command: 'head -c 200000 /dev/zero > big; head -c 3000000 /dev/zero > other'}}",
      git: false)
    try project.folder.write(Self.full, to: "script")
    let can = try await Program.run(
      "/bin/sh", ["-c", "unshare -m true && echo yes"], in: project.folder.path)
    let prefix = can.output.isEmpty ? "" : "unshare -m "
    let result = try await Program.run(
      "/bin/bash", ["-c", "\(prefix)bash script '\(Program.path)'"], in: project.folder.path)
    let lines = result.output.split(separator: "\n", maxSplits: 1)
    try #require(lines.count == 2, "\(result)")
    if can.output.isEmpty { return }
    #expect(lines[0] == "0")
    #expect(try JSONValue(parsing: String(lines[1]))["status"]?.string == "FINISHED")
    #expect(
      result.error.contains("warning: the outputs were not kept for a later run"), "\(result)")
  }
}
