import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Applied patches, with git as the judge") struct RandomPatchesTests {
  /// Each seed is a repository that is looked at six times while it is edited.
  @Test("a checkout and the recorded patch are the work tree again", arguments: 0..<40)
  func rebuild(seed: Int) throws {
    var tree = try RandomWorkTree(seed: seed + 500)
    let box = tree.box
    let converts = try box.run(["git", "config", "core.autocrlf"]).status == 0
    for _ in 0..<20 { try tree.edit() }
    try box.commit()
    for step in 0..<6 {
      for _ in 0..<12 { try tree.edit() }
      let note = "seed \(seed) step \(step)"
      let changes = try box.open().changes()
      let (ours, theirs) = (box.beside("ours"), box.beside("theirs"))
      for place in [ours, theirs] {
        try box.removeBeside(place == ours ? "ours" : "theirs")
        _ = try box.open().checkOut(commit: "HEAD", into: place)
        #expect(try box.git("status", "--porcelain", at: place) == "", "\(note)")
      }
      if !changes.patch.isEmpty {
        try box.gitBytes(
          ["apply", "--binary", "--whitespace=nowarn", "-"], input: changes.patch, at: theirs)
      }
      try #require(try Repository.discover(from: ours)).apply(patch: changes.patch)
      let made = try FolderListing(ours, box)
      #expect(made.differences(to: try FolderListing(theirs, box)) == [], "\(note)")
      // Which line ends stand in the work tree is not told by what git stores.
      guard !converts else { continue }
      #expect(made.differences(to: try kept(box)) == [], "\(note)")
    }
  }

  /// What git's own diff of the staged changes says, renames and abbreviated names included, makes the same of a checkout.
  @Test("git's own patches are applied as git applies them", arguments: 0..<30)
  func foreign(seed: Int) throws {
    var tree = try RandomWorkTree(seed: seed + 900)
    let box = tree.box
    for _ in 0..<30 { try tree.edit() }
    try box.commit()
    for _ in 0..<15 { try tree.edit() }
    try box.git("add", "-A")
    let options = ["-M", "-C", "--no-renames", "-U1", "-U0"]
    let form = ["diff", "--cached", "--binary", options[seed % options.count]]
    let patch = try box.gitBytes(["-c", "core.quotePath=\(seed % 2 == 0)"] + form)
    let (ours, theirs) = (box.beside("ours"), box.beside("theirs"))
    for place in [ours, theirs] { _ = try box.open().checkOut(commit: "HEAD", into: place) }
    let judged = try box.run(
      ["git", "apply", "--binary", "--whitespace=nowarn", "--unidiff-zero", "--allow-empty", "-"],
      input: patch, at: theirs)
    let repository = try #require(try Repository.discover(from: ours))
    guard judged.status == 0 else {
      // git cannot read some of the names that it writes.
      return
    }
    try repository.apply(patch: patch)
    #expect(
      try FolderListing(ours, box).differences(to: FolderListing(theirs, box)) == [], "seed \(seed)"
    )
  }

  /// The files of the work tree that git tracks, or would.
  private func kept(_ box: GitSandbox) throws -> FolderListing {
    let script = "git ls-files -z -co --exclude-standard; git ls-tree -rz --name-only HEAD"
    let names = try box.run(["/bin/sh", "-c", script]).output.split(separator: 0).map(Array.init)
    var listing = try FolderListing(box.path, box)
    let known = Set(names)
    listing.files = listing.files.filter { known.contains($0.key) }
    return listing
  }
}
