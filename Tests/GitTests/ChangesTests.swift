import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Changes of a work tree") struct ChangesTests {
  /// The patch, applied by git to a clean clone, gives what the work tree holds.
  static func expectFaithful(_ box: GitSandbox, _ changes: WorkTreeChanges) throws {
    let clone = box.beside("clone")
    try box.removeBeside("clone")
    if try box.open().head().commit == nil {
      try FileSystem.createDirectory(clone)
      try box.git("init", "-q", ".", at: clone)
    } else {
      try box.git("clone", "-q", box.path.string, clone.string)
    }
    if !changes.patch.isEmpty {
      try box.gitBytes(["apply", "--binary", "-"], input: changes.patch, at: clone)
    }
    #expect(try box.listing(of: clone) == box.listing(of: box.path))
  }

  @Test("a clean repository says nothing")
  func clean() throws {
    let box = try GitSandbox()
    try box.write("one\n", to: "a.txt")
    try box.commit()
    let changes = try box.open().changes()
    #expect(changes == WorkTreeChanges(isDirty: false, patch: [], files: [], leftOut: []))
  }

  @Test("every kind of change in one patch")
  func kinds() throws {
    let box = try GitSandbox()
    try box.write("one\ntwo\nthree\n", to: "text.txt")
    try box.write("gone\n", to: "gone.txt")
    try box.write("run\n", to: "run.sh")
    try box.write("file\n", to: "becomes-link")
    try box.write("file\n", to: "becomes-folder")
    try box.write("in\n", to: "folder/becomes-file")
    try box.write([0, 1, 2, 3] + [UInt8](repeating: 7, count: 3000), to: "binary.bin")
    try box.shell("ln -s text.txt link")
    try box.commit()
    try box.write("one\n2\nthree", to: "text.txt")
    try box.write([0, 1, 9, 3] + [UInt8](repeating: 7, count: 3000), to: "binary.bin")
    try box.write([0, 255, 128], to: "new binary.bin")
    try box.write("", to: "empty.txt")
    try box.write("staged\n", to: "staged.txt")
    try box.git("add", "staged.txt")
    try box.shell(
      #"""
      rm gone.txt; chmod +x run.sh; rm becomes-link; ln -s nowhere becomes-link; ln -sfn text2 link
      rm becomes-folder; mkdir becomes-folder; echo x > becomes-folder/x
      rm -r folder; echo flat > folder
      printf 'odd\n' > "$(printf 'od\td "na\\me\n')"; printf x > "sp ace.txt"
      """#)
    let changes = try box.open().changes()
    #expect(changes.isDirty)
    #expect(changes.leftOut == [])
    try Self.expectFaithful(box, changes)
  }

  @Test("names that are not UTF-8 stand in the patch as they are")
  func bytes() throws {
    let box = try GitSandbox()
    try box.commit()
    try box.shell(#"printf 'x\n' > "$(printf 'caf\351.txt')""#)
    let changes = try box.open().changes()
    #expect(changes.patch.contains(0xE9))
    try Self.expectFaithful(box, changes)
  }

  @Test("a repository without a commit")
  func empty() throws {
    let box = try GitSandbox()
    try box.write("x\n", to: "staged")
    try box.git("add", "-A")
    try box.write("y\n", to: "folder/new")
    let changes = try box.open().changes()
    #expect(changes.isDirty)
    #expect(changes.files == ["folder/new", "staged"])
    try Self.expectFaithful(box, changes)
  }
}
