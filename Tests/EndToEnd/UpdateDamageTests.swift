import Platform
import Support
import SystemPackage
import Testing

@Suite("An update that finds damage") struct UpdateDamageTests {
  /// A project one version behind its template; with an update that has a conflict when it is begun.
  private func project(_ folder: TemporaryFolder, begun: Bool = false) async throws -> FilePath {
    try await Program.shell(
      #"""
      mkdir template && cd template && git init -q -b main
      d='{{cookiecutter.slug}}'; mkdir -p "$d/fold"; echo '{"slug": "project"}' > cookiecutter.json
      echo a > "$d/a"; printf x > "$d/noend"; : > "$d/empty"; seq 100000 > "$d/big"
      echo f > "$d/file"; echo in > "$d/fold/in"; printf '1\r\n2\r\n' > "$d/crlf"
      git add -A && git commit -qm one
      """#, in: folder.path)
    let environment = ["HOME": folder.path.string]
    let made = try await Program.run(
      ["new", "./template", "--no-input"], in: folder.path, environment: environment)
    try #require(made.status == 0, "\(made.error)")
    try await Program.shell(
      #"""
      cd template; d='{{cookiecutter.slug}}'
      echo a2 > "$d/a"; printf y > "$d/noend"; echo full > "$d/empty"; sed -i '50000s/.*/changed/' "$d/big"
      rm "$d/file"; mkdir "$d/file"; echo x > "$d/file/inside"; rm -r "$d/fold"; echo now > "$d/fold"
      printf '1\r\n3\r\n' > "$d/crlf"; git add -A && git commit -qm two
      """#, in: folder.path)
    let project = folder.path.appending("project")
    if begun {
      try await Program.shell("sed -i '50000s/.*/mine/' big; mkdir ../out", in: project)
      let update = try await Program.run(["update"], in: project, environment: environment)
      try #require(update.status == 1, "\(update.error)")
    }
    return project
  }

  private func listing(_ project: FilePath) async throws -> String {
    try await Program.shell(
      "find . -print0 | LC_ALL=C sort -z | xargs -0 ls -ldn --time-style=+; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum",
      in: project)
  }

  private func edit(_ file: String, _ python: String, in project: FilePath) async throws {
    let script = """
      import json, os, shutil
      p = '\(file)'; raw = open(p, 'rb').read(); d = json.loads(raw)
      def save(): open(p, 'w').write(json.dumps(d))
      def text(t): open(p, 'w').write(t)
      \(python)
      """
    let result = try await Program.run("/usr/bin/python3", ["-c", script], in: project)
    try #require(result.status == 0, "\(result.error)")
  }

  @Test(
    "in the state file is told in one message, and nothing is touched",
    arguments: [
      (
        "t = raw.decode(); text(t[:t.index('\"template\": \"') + 14])", "a string that never ends"
      ), ("text('')", "unexpected end"),
      ("open(p, 'wb').write(bytes(range(256)))", "unexpected character"),
      ("text('[]')", "`format` is missing"), ("d['format'] = 2; save()", "newer than this"),
      ("d['commit'] = 'x; rm'; save()", "40 hexadecimal digits"),
      ("d['commit'] = 5; save()", "`commit` must be a text"),
      ("d['checkout'] = []; save()", "`checkout` must be a text"),
      ("d['directory'] = '../..'; save()", "no folder `../..`"),
      ("d['answers'] = []; save()", "`answers` must be an object"),
      ("d['files'] = 3; save()", "`files` must be an object"),
      ("d['files']['../x'] = 'file ' + '0' * 64; save()", "cannot be read: `../x`"),
      ("d['files']['/etc/passwd'] = 'file ' + '0' * 64; save()", "cannot be read: `/etc/passwd`"),
      ("d['files']['.git/config'] = 'file ' + '0' * 64; save()", "cannot be read: `.git/config`"),
      ("d['kind'] = 'zip'; save()", "`kind` must be one of"),
      ("d['template'] = ''; save()", "`template` must be a line"),
      ("d['template'] = 'a\\nb'; save()", "`template` must be a line"),
      ("d['template'] = '--upload-pack=touch x'; save()", "is not there"),
      ("d['answers']['slug'] = '../../escape'; save()", "leads out of the project"),
      ("text('{\"format\": 1, \"answers\": ' + '[' * 100000)", "nested too deeply"),
      ("os.remove(p); os.mkdir(p)", "is no file"),
    ])
  func state(python: String, message: String) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder)
    try await edit(".reprise/scaffold.json", python, in: project)
    let before = try await listing(project)
    let update = try await Program.run(
      ["update"], in: project, environment: ["HOME": folder.path.string])
    #expect(update.status == 2, "\(update.output)")
    #expect(update.error.contains(message), "\(update.error)")
    #expect(update.error.split(separator: "\n").count { $0.hasPrefix("error:") } == 1)
    #expect(try await listing(project) == before)
  }

  @Test(
    "in the journal is told, and nothing is touched",
    arguments: [
      ("text(raw.decode()[:100])", "never ends"), ("os.remove(p)", "holds no journal"),
      ("d['changes'][0]['path'] = '../out/s'; save()", "leads out of the project"),
      ("d['changes'][0]['path'] = '/etc/x'; save()", "leads out of the project"),
      ("d['changes'] = {}; save()", "lacks a part"),
      ("d['pid'] = 10 ** 30; save()", "lacks a part"),
      ("shutil.rmtree('.reprise/update/originals')", "lost the original"),
      (
        "o = '.reprise/update/originals/1'; os.remove(o); os.symlink('/etc/passwd', o)",
        "lost the original"
      ),
    ])
  func journal(python: String, message: String) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder, begun: true)
    try await edit(".reprise/update/journal.json", python, in: project)
    let before = try await listing(project)
    let abort = try await Program.run(
      ["update", "--abort"], in: project, environment: ["HOME": folder.path.string])
    #expect(abort.status == 2, "\(abort.output)")
    #expect(abort.error.contains(message), "\(abort.error)")
    #expect(try await listing(project) == before)
    #expect(try await Program.shell("ls ../out", in: project) == "")
  }

  @Test(
    "what stands in the way is a conflict, and nothing outside is written",
    arguments: [
      ("touch fold/mine", "fold"), ("rm a; mkfifo a", "a"), ("ln -sf ../outside a", "a"),
      ("rm -r fold; ln -s .. fold", "fold"),
      ("rm file; mkdir file; echo mine > file/inside", "file"),
      ("rm a; mkdir a; echo mine > a/b", "a"),
    ])
  func obstructed(shell: String, path: String) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder)
    try await Program.shell("echo secret > ../outside; " + shell, in: project)
    let before = try await listing(project)
    let environment = ["HOME": folder.path.string]
    let update = try await Program.run(["update"], in: project, environment: environment)
    #expect(update.status == 1, "\(update.output)\(update.error)")
    #expect(try FileSystem.readText(folder.path.appending("outside")) == "secret\n")
    #expect(try FileSystem.readText(project.appending("noend")) == "y")
    #expect(update.output.contains("conflict"), "\(update.output)")
    let abort = try await Program.run(
      ["update", "--abort"], in: project, environment: environment)
    #expect(abort.status == 0, "\(abort.error)")
    #expect(try await listing(project) == before)
  }
}
