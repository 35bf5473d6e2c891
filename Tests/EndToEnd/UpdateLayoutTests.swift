import Platform
import Support
import SystemPackage
import Testing

@Suite("Updating a project of one of our layouts") struct UpdateLayoutTests {
  /// An installation with layouts of its own, and a project made from one of them under git.
  private struct World {
    let folder: TemporaryFolder
    let environment: [String: String]
    var project: FilePath { folder.path.appending("penguins") }
    var layout: FilePath { folder.path.pushing("home/templates/tabular") }

    init(_ layout: String = "tabular") async throws {
      folder = try TemporaryFolder()
      try await Program.shell(
        """
        mkdir home; cp -r '\(Program.repository)/templates' '\(Program.repository)/lint-rules' home/
        """, in: folder.path)
      environment = [
        "REPRISE_HOME": folder.path.appending("home").string, "HOME": folder.path.string,
      ]
      let made = try await Program.run(
        ["new", layout, "--no-input", "project_name=Penguins", "git=no"], in: folder.path,
        environment: environment)
      try #require(made.status == 0, "\(made.error)")
      try await Program.shell(
        "git init -q -b main; git add -A; git commit -qm made", in: project)
    }

    func run(_ arguments: String...) async throws -> Program.Result {
      try await Program.run(arguments, in: project, environment: environment)
    }

    /// Runs shell text with `$d` as the folder of the layout that becomes the project.
    func edit(_ text: String) async throws {
      try await Program.shell(
        "d='\(layout)/{{ cookiecutter.project_slug }}'\n" + text, in: project)
    }
  }

  @Test(
    "a project that was just made has nothing to do",
    arguments: ["tabular", "minimal", "swift-trainer"])
  func current(layout: String) async throws {
    let world = try await World(layout)
    // A folder of the layout's name in the project is not the layout.
    try await Program.shell("mkdir \(layout)", in: world.project)
    let check = try await world.run("template", "check")
    #expect(check.status == 0, "\(check.error)")
    #expect(check.output == "up to date: what `\(layout)` makes\n")
    let update = try await world.run("update")
    #expect(update.status == 0, "\(update.error)")
    #expect(update.output == "nothing to do: the project has all that the template makes\n")
    let diff = try await world.run("template", "diff")
    #expect(diff.status == 0, "\(diff.output)")
    #expect(try await Program.shell("git status --porcelain", in: world.project) == "")
  }

  @Test("a newer layout is merged by what is recorded of the old one")
  func upgraded() async throws {
    let world = try await World()
    try await world.edit(
      #"""
      echo 'a line of mine' >> README.md
      rm .gitattributes 2>/dev/null || rm .gitignore
      sed -i '1s/^/# mine\n/' MLproject
      echo new > "$d/ADDED.md"
      echo '# of the layout' >> "$d/reprise.toml"
      echo '# of the layout' >> "$d/MLproject"
      rm "$d/data/README.md" 2>/dev/null || true
      git add -A; git commit -qm mine
      """#)
    let check = try await world.run("template", "check")
    #expect(check.status == 1)
    #expect(check.output == "behind: `tabular` makes other files now\n")
    let tree = try await Program.shell("git status --porcelain", in: world.project)
    let dry = try await world.run("update", "--dry-run")
    #expect(dry.status == 1)
    #expect(dry.output.contains("+++ b/ADDED.md"))
    #expect(try await Program.shell("git status --porcelain", in: world.project) == tree)
    let update = try await world.run("update")
    #expect(update.status == 1, "\(update.error)")
    #expect(update.output.contains("conflict      MLproject"), "\(update.output)")
    // The layout dropped it, and nobody had changed it.
    #expect(!FileSystem.exists(world.project.appending("data/README.md")))
    let readme = try FileSystem.readText(world.project.appending("README.md"))
    #expect(readme.hasSuffix("a line of mine\n"))
    let deleted = try await Program.shell(
      "git ls-files -u | cut -d' ' -f3", in: world.project)
    #expect(deleted == "2\tMLproject\n3\tMLproject\n")
    let marked = try FileSystem.readText(world.project.appending("MLproject"))
    #expect(marked.hasPrefix("<<<<<<< project\n# mine\n=======\n>>>>>>> template tabular\n"))
    #expect(
      marked.hasSuffix("<<<<<<< project\n=======\n# of the layout\n>>>>>>> template tabular\n"))
    // Lines that both have stand once.
    #expect(marked.split(separator: "\n").count { $0 == "entry_points:" } == 1)
    try await Program.shell(
      "sed -i '/^[<=>]\\{7\\}/d' MLproject; git add -A", in: world.project)
    #expect(try await world.run("update", "--continue").status == 0)
    #expect(try await world.run("template", "check").status == 0)
    let diff = try await world.run("template", "diff")
    #expect(diff.status == 1)
    #expect(diff.output.contains("+a line of mine"))
    let again = try await world.run("update")
    #expect(again.status == 0)
  }

  @Test("--abort takes back what a newer layout brought")
  func abort() async throws {
    let world = try await World()
    try await world.edit(
      #"""
      echo mine >> MLproject; git add -A; git commit -qm mine
      echo theirs >> "$d/MLproject"; echo new > "$d/ADDED.md"
      """#)
    #expect(try await world.run("update").status == 1)
    #expect(try await world.run("update", "--abort").status == 0)
    #expect(try await Program.shell("git status --porcelain", in: world.project) == "")
  }

  @Test("a layout that is no longer there is named with those that are")
  func gone() async throws {
    let world = try await World()
    try await Program.shell(
      "mv templates/tabular templates/other",
      in: world.layout
        .removingLastComponent().removingLastComponent())
    let update = try await world.run("update")
    #expect(update.status == 2)
    #expect(update.error.contains("the template `tabular` is not there"))
    #expect(update.error.contains("layouts are: minimal, other, swift-trainer"))
  }

  @Test("lines that end as those of Windows do are no change of the user's")
  func lineEnds() async throws {
    let world = try await World()
    try await world.edit(
      #"""
      sed -i 's/$/\r/' MLproject README.md
      echo '# of the layout' >> "$d/MLproject"
      """#)
    let update = try await world.run("update")
    #expect(update.status == 0, "\(update.output)")
    let text = try FileSystem.readText(world.project.appending("MLproject"))
    #expect(Array(text.utf8).suffix(17).elementsEqual("# of the layout\r\n".utf8))
  }
}

@Suite("Updating when the old version of a template is lost") struct UpdateLostTests {
  /// A template whose history was rewritten since the project was made, and forgotten by the cache too.
  private func world(_ folder: TemporaryFolder) async throws -> FilePath {
    try await Program.shell(
      #"""
      mkdir template && cd template && git init -q -b main
      d='{{cookiecutter.slug}}'; mkdir "$d"
      echo '{"slug": "project"}' > cookiecutter.json
      seq 20 > "$d/a"; seq 20 > "$d/b"; seq 20 > "$d/c"; seq 20 > "$d/d"
      git add -A && git commit -qm one
      """#, in: folder.path)
    let made = try await Program.run(["new", "./template", "--no-input"], in: folder.path)
    try #require(made.status == 0, "\(made.error)")
    try await Program.shell(
      #"""
      cd template; d='{{cookiecutter.slug}}'
      echo theirs >> "$d/a"; echo theirs >> "$d/b"
      git checkout -q --orphan other; git add -A; git commit -qm rewritten; git branch -D main -q
      git branch -m main; git reflog expire --expire=now --all; git gc -q --prune=now
      cd ../project; git init -q -b main; sed -i '1s/.*/mine/' b c; rm d; git add -A; git commit -qm mine
      rm -rf ../.cache
      """#, in: folder.path)
    return folder.path.appending("project")
  }

  @Test("what is recorded stands in, and a note says so")
  func lost() async throws {
    let folder = try TemporaryFolder()
    let project = try await world(folder)
    let environment = ["HOME": folder.path.string]
    let check = try await Program.run(["template", "check"], in: project, environment: environment)
    #expect(check.status == 1, "\(check.error)")
    let diff = try await Program.run(["template", "diff"], in: project, environment: environment)
    #expect(diff.status == 1, "\(diff.error)")
    #expect(diff.output.contains("# b: changed"))
    #expect(diff.output.contains("-1\n+mine\n"))
    let update = try await Program.run(["update"], in: project, environment: environment)
    #expect(update.status == 1, "\(update.error)")
    #expect(update.error.contains("note: the template no longer has the version"))
    #expect(
      try FileSystem.readText(project.appending("a")).hasSuffix("20\ntheirs\n"))
    #expect(try FileSystem.readText(project.appending("c")).hasPrefix("mine\n2\n"))
    #expect(!FileSystem.exists(project.appending("d")))
    let unmerged = try await Program.shell("git ls-files -u | cut -d' ' -f3", in: project)
    #expect(unmerged == "2\tb\n3\tb\n")
  }

  @Test("without a record it says what to do")
  func unknown() async throws {
    let folder = try TemporaryFolder()
    let project = try await world(folder)
    try await Program.shell(
      "sed -i '/^  \"files\"/,/^  }/d; s/},$/}/' .reprise/scaffold.json", in: project)
    let update = try await Program.run(
      ["update"], in: project, environment: ["HOME": folder.path.string])
    #expect(update.status == 2, "\(update.output)")
    #expect(update.error.contains("no longer has the version"), "\(update.error)")
    #expect(update.error.contains("reprise template link"))
  }

  @Test("a template that cannot be had at all is the error")
  func gone() async throws {
    let folder = try TemporaryFolder()
    let project = try await world(folder)
    try await Program.shell("mv template away", in: folder.path)
    let update = try await Program.run(
      ["update"], in: project, environment: ["HOME": folder.path.string])
    #expect(update.status == 2)
    #expect(update.error.contains("template"), "\(update.error)")
  }
}
