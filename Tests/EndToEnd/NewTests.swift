import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// `reprise new` as a user runs it.
@Suite("reprise new") struct NewTests {
  private static let root = "t/{{cookiecutter.slug}}"

  private func template(_ files: [(String, String)], json: String = #"{"slug": "p"}"#) throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(json, to: "t/cookiecutter.json")
    try FileSystem.createDirectory(folder.path.appending(Self.root))
    for (path, text) in files { try folder.write(text, to: path, mode: 0o755) }
    return folder
  }

  private func new(_ folder: TemporaryFolder, _ words: String...) async throws -> Program.Result {
    try await Program.run(["new", "t", "--no-input"] + words, in: folder.path)
  }

  /// What is in the folder beside the template and what belongs to the user.
  private func made(_ folder: TemporaryFolder) throws -> [String] {
    try FileSystem.names(in: folder.path).filter {
      $0 != "t" && !$0.hasPrefix(".cookiecutter") && $0 != ".cache"
    }
  }

  @Test(
    "what cannot be made leaves nothing behind, with the file, the line and the exit status 1",
    arguments: [
      ("{{ cookiecutter.nope }}", "has no attribute 'nope'", ":1:"),
      ("a\n{% if %}", "Expected an expression", ":2:"),
      ("{{ 'a'|nofilter }}", "No filter named 'nofilter'", ":1"),
      ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion", ""),
      ("{{ 'x' * 10000000000 }}", "", ""),
      ("{% include 'self.txt' %}", "", ""),
    ]) func failures(text: String, message: String, place: String) async throws
  {
    let folder = try template([
      (Self.root + "/a.txt", "fine"), (Self.root + "/self.txt", text),
    ])
    let result = try await new(folder)
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("error: "))
    #expect(result.error.contains(message) && result.error.contains(place), "\(result.error)")
    #expect(try made(folder) == [])
  }

  @Test(
    "names that lead out of the project are refused",
    arguments: ["../out", "/tmp/reprise-out", "a/../../b"]
  ) func escapes(name: String) async throws {
    let folder = try template(
      [(Self.root + "/{{ cookiecutter.name }}", "x")],
      json: "{\"slug\": \"p\", \"name\": \"\(name)\"}")
    let result = try await new(folder)
    #expect(result.status == 1)
    #expect(result.error.contains("leads out of the project"), "\(result.error)")
    #expect(try made(folder) == [])
  }

  @Test("a failing hook takes the project back; --keep-project-on-failure keeps it") func hooks()
    async throws
  {
    let folder = try template([
      (Self.root + "/a.txt", "{{ cookiecutter.slug }}"),
      ("t/hooks/post_gen_project.sh", "#!/bin/sh\ncat a.txt\nexit 7\n"),
    ])
    let result = try await new(folder)
    #expect(result.status == 1)
    #expect(
      result.output
        == "pERROR: Stopping generation because post_gen_project hook script didn't exit successfully\nHook script failed (exit status: 7)\n"
    )
    #expect(try made(folder) == [])
    #expect(try await new(folder, "--keep-project-on-failure").status == 1)
    #expect(try made(folder) == ["p"])
    #expect(try await new(folder, "-f", "--accept-hooks", "no").status == 0)
  }

  @Test("a folder whose name is empty is left out with all that is in it") func emptyNames()
    async throws
  {
    let folder = try template([
      (Self.root + "/{% if false %}docs{% endif %}/x.txt", "x"),
      (Self.root + "/{% if false %}y{% endif %}", "y"),
      (Self.root + "/z.txt", "z"),
    ])
    #expect(try await new(folder, "--no-state").status == 0)
    #expect(try FileSystem.names(in: folder.path.appending("p")) == ["z.txt"])
  }

  @Test("a zip with a password, with a wrong one, without one, and one that leads elsewhere")
  func zips() async throws {
    let folder = try template([(Self.root + "/a.txt", "{{ cookiecutter.slug }}")])
    try await Program.shell(
      "zip -qr -P secret enc.zip t; zip -qr plain.zip t; head -c 100 plain.zip > cut.zip",
      in: folder.path)
    func run(_ name: String, _ password: String? = nil) async throws -> Program.Result {
      try await Program.run(
        ["new", name, "--no-input", "-f"], in: folder.path,
        environment: password.map { ["COOKIECUTTER_REPO_PASSWORD": $0] } ?? [:])
    }
    #expect(try await run("plain.zip").status == 0)
    #expect(try await run("enc.zip", "secret").status == 0)
    #expect(
      try await run("enc.zip", "wrong").output
        == "Invalid password provided for protected repository\n")
    #expect(try await run("enc.zip").output == "Unable to unlock password protected repository\n")
    #expect(
      try await run("cut.zip").output == "Zip repository cut.zip is not a valid zip archive:\n")
    #expect(try folder.read("p/a.txt") == "p")
    try await Program.shell(
      "python3 -c \"import zipfile; z=zipfile.ZipFile('slip.zip','w'); z.writestr('t/',''); z.writestr('t/../../evil','x')\"",
      in: folder.path)
    let slip = try await run("slip.zip")
    #expect(slip.status == 1 && slip.error.contains("leads out of the target"), "\(slip)")
  }

  @Test("a git template is cloned, checked out, and cloned again") func git() async throws {
    let folder = try template([(Self.root + "/a.txt", "one")])
    try await Program.shell(
      "cd t && git init -q -b main . && git add -A && git commit -qm 1 && git tag v1 && echo two > '{{cookiecutter.slug}}/a.txt' && git commit -qam 2",
      in: folder.path)
    let url = "git+file://\(folder.path)/t"
    func run(_ words: String...) async throws -> Program.Result {
      try await Program.run(["new", url, "--no-input", "-f"] + words, in: folder.path)
    }
    #expect(try await run().status == 0)
    #expect(try folder.read("p/a.txt") == "two\n")
    #expect(try await run("-c", "v1").status == 0)
    #expect(try folder.read("p/a.txt") == "one")
    let bad = try await run("-c", "v9")
    #expect(bad.status == 1)
    #expect(bad.output.contains("The v9 branch of repository"), "\(bad)")
    let list = try await Program.run(["new", "-l"], in: folder.path)
    #expect(list.output == "1 installed templates: \n * t\n")
  }

  @Test("a template's own Python is served by one helper") func extensions() async throws {
    let folder = try template(
      [
        (Self.root + "/a.txt", "{{ 'x'|twice }} {{ triple(2) }} {{ 4 is even_number }}"),
        (
          "t/local_extensions.py",
          """
          from cookiecutter.utils import simple_filter
          from jinja2.ext import Extension
          @simple_filter
          def twice(v):
              return v + v
          class More(Extension):
              def __init__(self, environment):
                  super().__init__(environment)
                  environment.globals['triple'] = lambda n: n * 3
                  environment.tests['even_number'] = lambda n: n % 2 == 0
          """
        ),
      ], json: #"{"slug": "p", "_extensions": ["local_extensions.twice", "local_extensions.More"]}"#
    )
    let result = try await new(folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.read("p/a.txt") == "xx 6 True")
    try folder.write(#"{"slug": "p", "_extensions": ["nowhere.Thing"]}"#, to: "t/cookiecutter.json")
    let bad = try await new(folder, "-f")
    #expect(bad.status == 1)
    #expect(bad.output == "Unable to load extension: No module named 'nowhere'\n")
  }

  @Test("questions beyond cookiecutter: conditions, validators, types, several choices")
  func questions() async throws {
    let folder = try template(
      [
        (
          Self.root + "/a.txt",
          "{{ cookiecutter.port + 1 }} {{ cookiecutter.parts }} {{ cookiecutter.key }}"
        )
      ],
      json: """
        {"slug": "p", "cloud": ["none", "aws"], "key": "k", "port": "80", "parts": ["a", "b", "c"],
         "__when__": {"key": "cookiecutter.cloud == 'aws'"}, "__types__": {"port": "int", "parts": "multiselect"},
         "__validators__": {"slug": {"regex": "[a-z]+", "message": "lower case"}}}
        """)
    let input = folder.path.appending("in")
    try FileSystem.write("BAD\nq\n\n8o\n81\n1,3\n", to: input)
    let result = try await Program.run(
      "/bin/sh", ["-c", "'\(Program.path)' new t < in"], in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("lower case"))
    #expect(!result.output.contains("key ("))
    #expect(try folder.read("q/a.txt") == "82 ['a', 'c'] k")
  }

  @Test("a project without a name is the output folder")
  func nameless() async throws {
    let folder = try template([(Self.root + "/a.txt", "x")], json: #"{"slug": ""}"#)
    let result = try await new(folder, "-o", "out")
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.read("out/a.txt") == "x")
    let again = try await new(folder, "-o", "out")
    #expect(again.status == 1)
    #expect(again.error.contains("already exists"), "\(again.error)")
  }

  @Test("a dry run and --json say what would be and was made") func plans() async throws {
    let folder = try template([(Self.root + "/a.txt", "{{ cookiecutter.slug }}")])
    let dry = try await new(folder, "--dry-run")
    #expect(dry.output == "new   p/a.txt\n")
    #expect(try made(folder) == [])
    let json = try JSONValue(parsing: try await new(folder, "--json").output)
    #expect(json["project"]?.string == folder.path.appending("p").string)
    #expect(json["answers"]?["slug"]?.string == "p")
    #expect(try made(folder) == ["p"])
    #expect(FileSystem.isFile(folder.path.pushing("p/.reprise/scaffold.json")))
  }

  @Test("a file size limit, as a full disk, leaves nothing") func fullDisk() async throws {
    let folder = try template([
      (Self.root + "/a.txt", "small"),
      (Self.root + "/b.txt", String(repeating: "x", count: 3_000_000)),
    ])
    let result = try await Program.run(
      "/bin/bash", ["-c", "ulimit -f 1000; '\(Program.path)' new t --no-input"], in: folder.path)
    #expect(result.status == 1)
    #expect(result.error.contains("b.txt"), "\(result.error)")
    #expect(try made(folder) == [])
  }

  @Test("kill -9 leaves at most a hidden folder, which the next run removes") func killed()
    async throws
  {
    let files = (0..<400).map { ("\(Self.root)/f\($0).txt", "{{ cookiecutter.slug }} \($0)\n") }
    let folder = try template(files)
    for round in 0..<12 {
      _ = try await Program.run(
        "/bin/bash",
        [
          "-c",
          "'\(Program.path)' new t --no-input & sleep 0.\(round < 10 ? "0" : "")\(round * 4); kill -9 $! 2>/dev/null; wait",
        ],
        in: folder.path)
      let names = try made(folder)
      for name in names where name != "p" { #expect(name.hasPrefix(".reprise-new-")) }
      if names.contains("p") {
        #expect(try FileSystem.names(in: folder.path.appending("p")).count == 401)
        try FileSystem.removeTree(folder.path.appending("p"))
      }
    }
    #expect(try await new(folder).status == 0)
    let left = try made(folder).filter { $0 != "p" }
    #expect(left.count <= 1, "one may have been killed before it was locked: \(left)")
  }

  @Test("a choice of cookiecutter-data-science takes its questions from the command line")
  func dataScience() async throws {
    let folder = try template(
      [
        (
          Self.root + "/a.txt",
          "{{ cookiecutter.store }}{% if cookiecutter.store.s3 %} {{ cookiecutter.store.s3.bucket }}{% endif %}{{ cookiecutter.nope }}"
        )
      ],
      json: #"{"deprecated": "{{ cookiecutter.x }}"}"#)
    try folder.write(
      #"{"slug": "p", "store": [{"none": "none"}, {"s3": {"bucket": "b", "profile": "d"}}]}"#,
      to: "t/ccds.json")
    #expect(try await new(folder).status == 0)
    #expect(try folder.read("p/a.txt") == "{'none': 'none'}")
    #expect(try await new(folder, "-f", "store=s3", "store.bucket=mine").status == 0)
    #expect(try folder.read("p/a.txt") == "{'s3': {'bucket': 'mine', 'profile': 'd'}} mine")
  }
}
