import Git
import Platform
import Support
import SystemPackage
import Testing

/// The code of a folder, against what git itself says after `git add -A`.
@Suite("The code that git knows") struct CodeFilesTests {
  private static let edits = [
    "echo $RANDOM > a.py", "mkdir -p src/deep; echo $RANDOM > src/deep/b.py", "rm -f a.py",
    "git add -A; git commit -q --allow-empty -m x", "git add -A", "git reset -q", "chmod +x a.py",
    "touch a.py src/deep/b.py", "rm -rf src", "ln -sf a.py link", "rm -f link; echo x > link",
    "echo '*.log' > .gitignore", "echo x > t.log", "git add -f t.log", "rm -f .gitignore",
    "mkdir -p 'a b/한글'; echo $RANDOM > 'a b/한글/x'", "git mv a.py c.py", "git rm -q --cached a.py",
    "mkdir -p out; echo $RANDOM > out/x",
    // What git's index says of a file outlives the attributes that it was read by, until the file has another time.
    "echo '*.txt text eol=lf' > .gitattributes; touch -c *.txt",
    "printf 'a\\r\\nb\\r\\n' > w.txt", "mkdir -p .reprise; echo x > .reprise/db",
  ]

  @Test("is what `git add -A` would make of the work tree", arguments: 1...24)
  func asGit(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    try await Program.shell(
      "git init -q -b main .; echo x > base; mkdir src; echo y > src/s.py", in: folder.path)
    for _ in 0..<8 {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        try await Program.shell("(\(random.pick(Self.edits))) 2>/dev/null || true", in: folder.path)
      }
      let below = random.chance(1, of: 3) ? "src" : ""
      try FileSystem.createDirectory(folder.path.appending("src"))
      // The oracle works on a copy of the index without the times of files: Debian's git compares seconds only.
      let theirs = try await Program.shell(
        """
        copy="$PWD/../$(basename "$PWD").index"
        git ls-files -sz | GIT_INDEX_FILE="$copy" git update-index -z --index-info
        export GIT_INDEX_FILE="$copy"
        git add -A . 2>/dev/null; git ls-files -sz \(below) | tr '\\0\\t' '\\n ' \
        | awk '{m=$1; h=$2; sub(/^[^ ]* [^ ]* [^ ]* /, ""); print m, h, $0}' \
        | grep -v -E ' (out|\\.reprise)/' | LC_ALL=C sort -k3 || true
        rm -f "$GIT_INDEX_FILE"
        """, in: folder.path)
      let repository = try #require(try Repository.discover(from: folder.path))
      let place = below.isEmpty ? folder.path : folder.path.appending(below)
      let (files, untold) = try repository.code(in: place, excluding: [".reprise", "out"])
      let modes: [TreeFile.Kind: String] = [.file: "100644", .program: "100755", .link: "120000"]
      let prefix = below.isEmpty ? "" : below + "/"
      let ours = files.map {
        "\(modes[$0.kind] ?? "?") \($0.contentName) \(prefix)\(String(decoding: $0.path, as: UTF8.self))\n"
      }.sorted().joined()
      let sorted = theirs.split(separator: "\n").map { "\($0)\n" }.sorted().joined()
      #expect(ours == sorted)
      #expect(untold == [])
    }
  }

  @Test("a repository inside counts by its commit, and cannot be told when it has changes")
  func nested() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      "git init -q .; git init -q sub; cd sub; echo x > f; git add f; git commit -qm one",
      in: folder.path)
    let repository = try #require(try Repository.discover(from: folder.path))
    let commit = try await Program.shell("git -C sub rev-parse HEAD", in: folder.path)
    let clean = try repository.code(in: folder.path, excluding: [])
    #expect(clean.files.map(\.contentName) == [String(commit.dropLast())])
    try folder.write("changed", to: "sub/f")
    #expect(try repository.code(in: folder.path, excluding: []).untold.count == 1)
  }
}
