import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Linking a project that does not know its template") struct TemplateLinkTests {
  /// A template with twelve commits, a clone of it that stands at one of them, and a project made from that.
  private struct World {
    let folder: TemporaryFolder
    var project: FilePath { folder.path.appending("beer") }

    init(at commit: Int, copier: Bool = false) async throws {
      folder = try TemporaryFolder()
      try await Program.shell(
        #"""
        mkdir template && cd template && git init -q -b main
        if COPIER; then
          d=.; s=.jinja; v=name; printf 'name: Wine\nslug: "{{ name|lower }}"\nlicense:\n  choices: [MIT, BSD]\n  default: MIT\n' > copier.yml
        else
          d='{{cookiecutter.slug}}'; s=; v=cookiecutter.name
          echo '{"name": "Wine", "slug": "{{cookiecutter.name|lower}}", "license": ["MIT", "BSD"]}' > cookiecutter.json
        fi
        mkdir -p "$d/src"; echo "{{ $v }}" > "$d/README.md$s"
        for i in 1 2 3 4 5; do seq -f "line %g of $i" 30 > "$d/src/f$i.txt"; done
        git add -A && git commit -qm 'commit 1'
        for c in $(seq 2 12); do
          case $c in
            3|8) echo $c > NOTES.md;;
            5|9) seq -f "new %g of $c" 10 > "$d/src/n$c.txt";;
            7) git mv "$d/src/f4.txt" "$d/src/moved.txt";;
            11) git rm -q "$d/src/f3.txt";;
            *) sed -i "${c}s/.*/changed in $c/" "$d/src/f$((c % 3 + 1)).txt" ;;
          esac
          git add -A && git commit -qm "commit $c"
        done
        cd .. && git clone -q template old && git -C old checkout -q "main~$((12 - COMMIT))"
        """#.replacing("COPIER", with: copier ? "true" : "false")
          .replacing("COMMIT", with: "\(commit)"), in: folder.path)
      var words = ["new", "./old", "--no-input", "--no-state", "name=Beer", "license=BSD"]
      if copier { words += ["-o", "beer"] }
      let made = try await Program.run(words, in: folder.path)
      try #require(made.status == 0, "\(made.error)")
      try await Program.shell(
        """
        rm -rf .reprise; sed -i '25s/.*/mine/' src/f1.txt; rm src/f5.txt; echo more >> README.md
        mkdir mine; seq 100 > mine/own.txt
        """, in: project)
    }

    func link(_ words: [String]) async throws -> Program.Result {
      try await Program.run(
        ["template", "link", "../template"] + words, in: project,
        environment: ["HOME": folder.path.string])
    }

    /// The subjects of the versions in the order of their fit.
    func fits(_ words: [String]) async throws -> [JSONValue] {
      let result = try await link(words + ["--dry-run", "--json"])
      try #require(result.status == 0, "\(result.error)")
      return try #require(JSONValue(parsing: result.output).array)
    }

    func commit(_ number: Int) async throws -> String {
      try await String(
        Program.shell("git -C template rev-parse 'main~\(12 - number)'", in: folder.path).dropLast()
      )
    }
  }

  @Test("the version that it was made from is found", arguments: [1, 2, 4, 5, 6, 7, 9, 10, 12])
  func found(commit: Int) async throws {
    let world = try await World(at: commit)
    let link = try await world.link(["name=Beer", "license=BSD"])
    #expect(link.status == 0, "\(link.error)")
    let state = try JSONValue(
      parsing: FileSystem.read(world.project.appending(".reprise/scaffold.json")))
    let expected = try await world.commit(commit)
    #expect(state["commit"]?.string == expected, "\(link.output)")
    #expect(state["answers"]?["license"]?.string == "BSD")
    #expect(state["template"]?.string?.hasPrefix("/") == true)
    let diff = try await Program.run(
      ["template", "diff"], in: world.project, environment: ["HOME": world.folder.path.string])
    #expect(diff.output.split(separator: "\n").count { $0.hasPrefix("diff ") } == 3)
    // What the user deleted stays so, and nothing else is left to decide but what both changed.
    let update = try await Program.run(
      ["update"], in: world.project, environment: ["HOME": world.folder.path.string])
    #expect(update.status == 0, "\(update.output)")
    #expect(!FileSystem.exists(world.project.appending("src/f5.txt")))
    #expect(try FileSystem.readText(world.project.appending("README.md")) == "Beer\nmore\n")
  }

  @Test("--dry-run says how well versions fit and records nothing")
  func dryRun() async throws {
    let world = try await World(at: 6)
    let fits = try await world.fits(["name=Beer", "license=BSD"])
    #expect(try await fits.first?["commit"]?.string == world.commit(6))
    // Twelve commits, of which two do not touch what is made.
    #expect(fits.count == 10)
    #expect(!FileSystem.exists(world.project.appending(".reprise")))
  }

  @Test("the folder's name answers the question that names it")
  func folderName() async throws {
    let world = try await World(at: 6)
    let link = try await world.link(["--dry-run"])
    #expect(link.status == 0)
    let fits = try await world.fits([])
    #expect(try await fits.first?["commit"]?.string == world.commit(6))
  }

  @Test("a copier template whose projects have no answers file")
  func copier() async throws {
    let world = try await World(at: 9, copier: true)
    let link = try await world.link(["name=Beer", "license=BSD", "--no-input"])
    #expect(link.status == 0, "\(link.error)")
    let state = try JSONValue(
      parsing: FileSystem.read(world.project.appending(".reprise/scaffold.json")))
    #expect(try await state["commit"]?.string == world.commit(9), "\(link.output)")
    #expect(state["kind"]?.string == "copier")
    let update = try await Program.run(
      ["update"], in: world.project, environment: ["HOME": world.folder.path.string])
    #expect(update.status == 0, "\(update.output)\(update.error)")
    #expect(!FileSystem.exists(world.project.appending("src/f3.txt")))
  }

  @Test("a wrong template is refused, with what could help")
  func wrong() async throws {
    let world = try await World(at: 6)
    try await Program.shell(
      #"""
      mkdir other; cd other; git init -q -b main; mkdir '{{cookiecutter.x}}'; echo '{"x": "y"}' > cookiecutter.json
      echo hello > '{{cookiecutter.x}}/README.md'; seq 5 > '{{cookiecutter.x}}/main.c'
      git add -A; git commit -qm one; mkdir ../plain
      """#, in: world.folder.path)
    let environment = ["HOME": world.folder.path.string]
    let link = try await Program.run(
      ["template", "link", "../other"], in: world.project, environment: environment)
    #expect(link.status == 1, "\(link.error)")
    #expect(link.error.contains("no version of `../other` fits the project"))
    #expect(!FileSystem.exists(world.project.appending(".reprise")))
    let forced = try await Program.run(
      ["template", "link", "../other", "--force"], in: world.project, environment: environment)
    #expect(forced.status == 0)
    let plain = try await Program.run(
      ["template", "link", "../plain"], in: world.project, environment: environment)
    #expect(plain.status == 2)
    #expect(plain.error.contains("is no git repository"), "\(plain.error)")
    let none = try await Program.run(
      ["template", "link", "../absent"], in: world.project, environment: environment)
    #expect(none.status == 2)
  }

  @Test("a history of 300 commits is narrowed to a few that are rendered")
  func long() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      #"""
      mkdir template && cd template && git init -q -b main
      d='{{cookiecutter.slug}}'; mkdir "$d"; echo '{"slug": "beer"}' > cookiecutter.json
      for i in 0 1 2 3 4; do seq -f "line %g of $i" 40 > "$d/f$i.txt"; done
      git add -A && git commit -qm 'commit 1'
      for c in $(seq 2 300); do
        if [ $((c % 4)) = 0 ]; then echo $c > NOTES.md
        else sed -i "$((c / 5 % 40 + 1))s/.*/changed in $c/" "$d/f$((c % 5)).txt"; fi
        git add -A && git commit -qm "commit $c"
      done
      cd .. && git clone -q template old && git -C old checkout -q main~183
      """#, in: folder.path)
    let made = try await Program.run(
      ["new", "./old", "--no-input", "--no-state"], in: folder.path)
    try #require(made.status == 0, "\(made.error)")
    let project = folder.path.appending("beer")
    try await Program.shell("sed -i '3s/.*/mine/' f1.txt; rm f4.txt", in: project)
    let link = try await Program.run(
      ["template", "link", "../template", "--dry-run", "--json"], in: project,
      environment: ["HOME": folder.path.string])
    let fits = try #require(JSONValue(parsing: link.output).array)
    let expected = try await Program.shell("git -C old rev-parse HEAD", in: folder.path)
    #expect(fits.first?["commit"]?.string == String(expected.dropLast()))
    #expect(fits.count < 40)
  }
}
