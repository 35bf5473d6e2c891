import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("New questions of a newer template") struct UpdateQuestionTests {
  /// A project whose template asks three more questions since.
  private func project(_ folder: TemporaryFolder, copier: Bool) async throws -> FilePath {
    let environment = ["HOME": folder.path.string]
    try await Program.shell(
      copier
        ? #"""
        mkdir template && cd template && git init -q -b main
        printf 'name: Wine\n' > copier.yml; echo '{{ name }}' > README.md.jinja
        echo '{{ _copier_answers|to_nice_yaml }}' > '{{ _copier_conf.answers_file }}.jinja'
        git add -A && git commit -qm one && git tag v1
        """#
        : #"""
        mkdir template && cd template && git init -q -b main
        mkdir '{{cookiecutter.slug}}'; echo '{"slug": "project", "name": "Wine"}' > cookiecutter.json
        echo '{{ cookiecutter.name }}' > '{{cookiecutter.slug}}/README.md'
        git add -A && git commit -qm one
        """#, in: folder.path)
    let made = try await Program.run(
      ["new", "./template", "--no-input", "name=Beer"] + (copier ? ["-o", "project"] : []),
      in: folder.path, environment: environment)
    try #require(made.status == 0, "\(made.error)")
    try await Program.shell(
      copier
        ? #"""
        cd template
        printf 'name: Wine\nowner: "{{ name }} Ltd"\nlicense:\n  choices: [MIT, BSD]\n  default: MIT\ndocs: false\n' > copier.yml
        echo '{{ name }} {{ owner }} {{ license }} {{ docs }}' > README.md.jinja
        git add -A && git commit -qm two && git tag v2
        """#
        : #"""
        cd template
        echo '{"slug": "project", "name": "Wine", "owner": "{{cookiecutter.name}} Ltd", "license": ["MIT", "BSD"], "docs": false}' > cookiecutter.json
        echo '{{ cookiecutter.name }} {{ cookiecutter.owner }} {{ cookiecutter.license }} {{ cookiecutter.docs }}' > '{{cookiecutter.slug}}/README.md'
        git add -A && git commit -qm two
        """#, in: folder.path)
    return folder.path.appending("project")
  }

  @Test("take their defaults in a pipe, and it says so", arguments: [false, true])
  func pipe(copier: Bool) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder, copier: copier)
    let update = try await Program.run(
      ["update"], in: project, environment: ["HOME": folder.path.string])
    #expect(update.status == 0, "\(update.error)")
    #expect(
      update.error == "new questions took their defaults: owner=Beer Ltd, license=MIT, docs=false\n"
    )
    let readme = try FileSystem.readText(project.appending("README.md"))
    #expect(readme == "Beer Beer Ltd MIT False\n")
  }

  @Test("may be answered on the command line", arguments: [false, true])
  func given(copier: Bool) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder, copier: copier)
    let update = try await Program.run(
      ["update", "--no-input", "license=BSD", "docs=true"], in: project,
      environment: ["HOME": folder.path.string])
    #expect(update.status == 0, "\(update.error)")
    #expect(update.error == "new questions took their defaults: owner=Beer Ltd\n")
    let readme = try FileSystem.readText(project.appending("README.md"))
    #expect(readme == "Beer Beer Ltd BSD True\n")
    let wrong = try await Program.run(
      ["update", "--json", "license=GPL"], in: project,
      environment: ["HOME": folder.path.string])
    #expect(wrong.status == 2, "\(wrong.output)")
  }

  @Test("are asked on a terminal, and only those", arguments: [false, true])
  func terminal(copier: Bool) async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder, copier: copier)
    let script = #"""
      import os, pty, select, sys, time
      pid, fd = pty.fork()
      if pid == 0:
          os.execvp(sys.argv[1], sys.argv[1:])
      seen = b""; answers = [(b"owner", b"Me\r"), (b"license", b"\x1b[B\r"), (b"docs", b"y\r")]
      end = time.time() + 60
      while time.time() < end:
          if select.select([fd], [], [], .2)[0]:
              try: data = os.read(fd, 4096)
              except OSError: break
              if not data: break
              seen += data
          elif answers and answers[0][0] in seen:
              os.write(fd, answers.pop(0)[1]); seen = b""
      status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
      sys.stdout.buffer.write(seen); sys.exit(status if not answers else 99)
      """#
    let update = try await Program.run(
      "/usr/bin/python3",
      ["-c", script, Program.path.string, "update", "name=Ale"], in: project,
      environment: ["HOME": folder.path.string, "TERM": "xterm"])
    #expect(update.status == 0, "\(update.output)")
    #expect(!update.output.contains("took their defaults"))
    let readme = try FileSystem.readText(project.appending("README.md"))
    #expect(readme == "Ale Me BSD True\n", "\(update.output)")
  }
}
