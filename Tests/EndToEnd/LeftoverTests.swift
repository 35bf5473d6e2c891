import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// What a kill -9 leaves behind before a run has begun is cleaned up by the next start that works there.
@Suite("Leftovers of a kill -9") struct LeftoverTests {
  @Test("of a zip file that was being unpacked")
  func zip() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "tmp/keep")
    try await Program.shell(
      """
      mkdir small && echo "entry_points: {main: {command: 'echo ran'}}" > small/MLproject
      cp -r small large && head -c 100000000 /dev/urandom > large/noise
      (cd small && zip -qr ../small.zip .) && (cd large && zip -q0r ../large.zip .) && rm -r large
      """, in: folder.path)
    let temporary = folder.path.appending("tmp")
    let variables = ["TMPDIR": temporary.string]
    let run = Background(
      "exec \"$REPRISE\" run large.zip", in: folder.path, environment: variables)
    try await Background.wait {
      try FileSystem.names(in: temporary).contains { name in
        let inside = (try? FileSystem.names(in: temporary.appending(name))) ?? []
        return inside.contains { $0.hasPrefix(".reprise-extract-") }
      }
    }
    run.send(SIGKILL)
    #expect(try await run.end().status == .signalled(SIGKILL))
    #expect(try FileSystem.names(in: temporary).count == 2)
    let next = try await Program.run(
      ["run", "small.zip"], in: folder.path, environment: variables)
    #expect(next.status == 0 && next.output == "ran\n", "\(next.error)")
    #expect(try FileSystem.names(in: temporary) == ["keep"])
  }

  /// A project, and a `uv` that starts a helper which goes on writing, and then waits until it is told to go on.
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "python_env: env.yaml\nentry_points: {main: {command: 'helped'}}\n", to: "MLproject")
    try folder.write("dependencies: [one]\n", to: "env.yaml")
    try folder.write(
      """
      #!/bin/bash
      set -e
      if [ "$1" = venv ]; then
        prefix="${@: -1}"; mkdir -p "$prefix/bin"
        [ -e "$HOME/go" ] || (while :; do mkdir -p "$prefix/bin"; date > "$prefix/bin/noise"; sleep 0.01; done) &
        while [ ! -e "$HOME/go" ]; do sleep 0.02; done
        printf '#!/bin/bash\\necho helped\\n' > "$prefix/bin/helped"; chmod +x "$prefix/bin/helped"
      fi
      """, to: "tools/uv", mode: 0o755)
    return folder
  }

  private func variables(_ folder: TemporaryFolder) -> [String: String] {
    [
      "PATH": "\(folder.path)/tools:/usr/bin:/bin",
      "REPRISE_ENVIRONMENTS": "\(folder.path)/environments",
    ]
  }

  /// The folders of environments, half made ones too.
  private func environments(_ folder: TemporaryFolder) throws -> [FilePath] {
    let all = folder.path.appending("environments")
    guard FileSystem.isDirectory(all) else { return [] }
    return try FileSystem.names(in: all).filter { !$0.hasSuffix(".lock") }.map(all.appending)
  }

  @Test("of an environment that was being built", arguments: ["one", "another"])
  func environment(next dependency: String) async throws {
    let folder = try project()
    let run = Background(
      "exec \"$REPRISE\" run", in: folder.path, environment: variables(folder))
    try await Background.wait {
      try environments(folder).contains { FileSystem.exists($0.appending("bin/noise")) }
    }
    run.send(SIGKILL)
    #expect(try await run.end().status == .signalled(SIGKILL))
    let half = try #require(try environments(folder).first)
    #expect(!FileSystem.exists(half.appending(".complete")))

    try folder.write("", to: "go")
    try folder.write("dependencies: [\(dependency)]\n", to: "env.yaml")
    try folder.write("", to: "environments/somebody's/own")
    let next = try await Program.run(["run"], in: folder.path, environment: variables(folder))
    #expect(next.status == 0 && next.output == "helped\n", "\(next.error)")
    let left = try environments(folder)
    #expect(left.count == 2)
    #expect(left.contains { $0.lastComponent?.string == "somebody's" })
    #expect(left.contains(half) == (dependency == "one"))
    // The helper of the killed build writes no more.
    #expect(!left.contains { FileSystem.exists($0.appending("bin/noise")) })
  }
}
