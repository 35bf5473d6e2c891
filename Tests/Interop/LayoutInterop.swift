import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// The layouts under `templates/` are cookiecutter's templates, too.
@Suite("A layout of ours in cookiecutter") struct LayoutInterop {
  @Test(
    "makes the same project, byte for byte",
    arguments: [
      ["tabular"], ["minimal"], ["swift-trainer"], ["swift-trainer", "language=ko"],
      ["minimal", "language=ko", "project_name=첫 걸음"],
      ["tabular", "language=ko", "docs=yes", "ci=gitlab", "project_name=펭귄 연구"],
      [
        "tabular", "trainer=scikit-learn", "ci=github", "container=yes", "license=MIT",
        "author=Ada",
      ],
      ["tabular", "trainer=scikit-learn", "language=ko", "docs=yes", "license=Apache-2.0"],
      ["tabular", "license=BSD-3-Clause", "author=O'Hara & Söhne", "description=\"quoted\" <b>"],
    ])
  func same(words: [String]) async throws {
    let folder = try TemporaryFolder()
    let peer = try Peer.python.removingLastComponent().appending("cookiecutter")
    let layout = Program.repository.appending("templates").appending(words[0]).string
    let theirs = try await Program.run(
      peer, [layout, "--no-input", "-o", "theirs", "git=false"] + words.dropFirst(), in: folder.path
    )
    try #require(theirs.status == 0, "\(theirs)")
    let ours = try await Program.run(
      ["new", words[0], "--no-input", "--no-state", "-o", "ours", "git=false"] + words.dropFirst(),
      in: folder.path)
    try #require(ours.status == 0, "\(ours)")
    let difference = try await Program.shell("diff -r theirs ours || true", in: folder.path)
    #expect(difference == "")
    let list = "find . -printf '%m %y %p\n' | LC_ALL=C sort"
    let modes = try await Program.shell(
      "diff <(cd theirs; \(list)) <(cd ours; \(list)) || true", in: folder.path)
    #expect(modes == "")
  }

  @Test("with scikit-learn trains, passes its tests and predicts") func trains() async throws {
    let folder = try TemporaryFolder()
    let made = try await Program.run(
      ["new", "tabular", "--no-input", "trainer=scikit-learn"], in: folder.path)
    try #require(made.status == 0, "\(made)")
    let tools = try Peer.python.removingLastComponent().string
    for entry in ["prepare", "train", "test"] {
      let result = try await Program.run(
        ["run", "-e", entry, "--env-manager", "local"], in: folder.path.appending("penguins"),
        environment: ["PATH": "\(tools):/usr/bin:/bin"])
      #expect(result.status == 0, "\(entry): \(result)")
    }
  }
}
