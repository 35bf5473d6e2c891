import Platform
import Support
import SystemPackage
import Testing

/// The layouts under `templates/`, each as a user gets it.
@Suite("A project made from a layout of ours") struct LayoutTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    var name: String
    var answers: [String] = []
    var folder: String
    /// In the order in which they depend on each other.
    var entryPoints: [String]
    /// Files that the answers ask for, and no others of their kind.
    var files: [String] = []

    var testDescription: String { ([name] + answers).joined(separator: " ") }
  }

  private static let optional = [
    "LICENSE", ".github/workflows/ci.yml", ".gitlab-ci.yml", "docs/model-card.md",
    "docs/data-card.md", "Dockerfile", ".dockerignore", ".devcontainer/devcontainer.json",
  ]

  static let layouts = [
    Layout(name: "tabular", folder: "penguins", entryPoints: ["prepare", "train", "test"]),
    Layout(
      name: "tabular", answers: ["language=ko", "docs=yes", "ci=gitlab", "project_name=펭귄 연구"],
      folder: "penggwin-yeongu", entryPoints: ["prepare", "train", "test"],
      files: [".gitlab-ci.yml", "docs/model-card.md", "docs/data-card.md"]),
    Layout(
      name: "tabular", answers: ["ci=github", "container=yes", "license=MIT", "author=Ada"],
      folder: "penguins", entryPoints: ["prepare", "train", "test"],
      files: [
        "LICENSE", ".github/workflows/ci.yml", "Dockerfile", ".dockerignore",
        ".devcontainer/devcontainer.json",
      ]),
    Layout(name: "minimal", folder: "first-steps", entryPoints: ["train", "count"]),
    Layout(
      name: "minimal", answers: ["language=ko"], folder: "first-steps",
      entryPoints: ["train", "count"]),
  ]

  @Test("is committed whole, and every entry point runs", arguments: layouts)
  func works(layout: Layout) async throws {
    let work = try TemporaryFolder()
    let made = try await Program.run(
      ["new", layout.name, "--no-input"] + layout.answers, in: work.path)
    #expect(made.status == 0, "\(made)")
    let project = work.path.appending(layout.folder)
    for file in Self.optional {
      #expect(FileSystem.exists(project.appending(file)) == layout.files.contains(file), "\(file)")
    }
    let empty = try await Program.shell(
      "find . -path ./.git -prune -o -type d -empty -print", in: project)
    #expect(empty == "")
    try await Program.shell("git init -q . && git add -A && git commit -qm first", in: project)
    let unrendered = try await Program.shell(
      "git grep -lI cookiecutter -- \":!.reprise\" || true", in: project)
    #expect(unrendered == "")
    for entry in layout.entryPoints {
      let result = try await Program.run(["run", "-e", entry], in: project)
      #expect(result.status == 0, "\(entry): \(result)")
    }
    #expect(try await Program.shell("git status --porcelain", in: project) == "")
  }

  @Test("the layout for scikit-learn passes its own tests without it")
  func withoutPackages() async throws {
    let work = try TemporaryFolder()
    let made = try await Program.run(
      ["new", "tabular", "--no-input", "trainer=scikit-learn"], in: work.path)
    #expect(made.status == 0, "\(made)")
    for entry in ["prepare", "test"] {
      let result = try await Program.run(
        ["run", "-e", entry, "--env-manager", "local"], in: work.path.appending("penguins"))
      #expect(result.status == 0, "\(entry): \(result)")
    }
  }
}
