import Platform
import Support
import SystemPackage
import Testing

@testable import Notebooks

@Suite("Installed kernels") struct KernelSpecTests {
  private let folder: TemporaryFolder
  private let variables: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    variables = ["HOME": folder.path.appending("home").string, "PATH": "/nowhere"]
  }

  private func install(_ name: String, in place: String, json: String? = nil) throws {
    let text = json ?? #"{"argv": ["/bin/echo", "{connection_file}"], "display_name": "\#(place)"}"#
    try folder.write(text, to: "\(place)/kernels/\(name)/kernel.json")
  }

  private func specs(_ more: [String: String] = [:]) -> KernelSpecs {
    KernelSpecs(
      variables: variables.merging(more) { $1 }, project: folder.path.appending("project"))
  }

  @Test("are looked for in Jupyter's order, whatever the case")
  func order() throws {
    try install("one", in: "home/.ipython")
    #expect(try specs().find("ONE").displayName == "home/.ipython")
    try install("one", in: "home/.local/share/jupyter")
    #expect(try specs().find("one").displayName == "home/.local/share/jupyter")
    try install("one", in: "shell/share/jupyter")
    let shell = ["VIRTUAL_ENV": folder.path.appending("shell").string]
    #expect(try specs(shell).find("one").displayName == "shell/share/jupyter")
    try install("ONE", in: "project/.venv/share/jupyter")
    #expect(try specs(shell).find("one").displayName == "project/.venv/share/jupyter")
    try install("one", in: "path")
    let path = ["JUPYTER_PATH": folder.path.appending("path").string]
    #expect(try specs(path).find("one").displayName == "path")
  }

  @Test("a bare python is that of the environment it was found in")
  func interpreter() throws {
    try install(
      "python3", in: "project/.venv/share/jupyter",
      json: #"{"argv": ["python", "-m", "k", "-f", "{connection_file}", "{resource_dir}"]}"#)
    try folder.write("#!/bin/sh\n", to: "project/.venv/bin/python", mode: 0o755)
    let spec = try specs().find("python3")
    let venv = folder.path.appending("project/.venv")
    #expect(
      try spec.command(connection: "/c.json", variables: [:]) == [
        venv.appending("bin/python").string, "-m", "k", "-f", "/c.json",
        venv.appending("share/jupyter/kernels/python3").string,
      ])
  }

  @Test("variables of the spec may name ours")
  func variablesOfSpec() throws {
    try install(
      "v", in: "home/.ipython",
      json:
        #"{"argv": ["x"], "env": {"A": "${HOME2}/a:${NO}", "B": "b"}, "interrupt_mode": "message"}"#
    )
    let spec = try specs().find("v")
    #expect(
      spec.variables(["HOME2": "/h", "B": "ours"]) == ["HOME2": "/h", "A": "/h/a:${NO}", "B": "b"])
    #expect(spec.interruption == .message)
  }

  @Test("one that is missing is named with those that there are")
  func missing() throws {
    try install("julia-1.10", in: "home/.ipython")
    let failure = #expect(throws: Failure.self) { try specs().find("julia-1.11") }
    #expect(failure?.message == "there is no kernel `julia-1.11`")
    let hint = try #require(failure?.hint)
    #expect(hint.hasSuffix("Pkg.add(\"IJulia\")") && hint.contains("julia-1.10"))
    #expect(throws: Failure.self) { try specs().find("../../etc") }
  }

  @Test("one that cannot be read says where")
  func broken() throws {
    try install("bad", in: "home/.ipython", json: "{\n  \"argv\": [,]}")
    let failure = #expect(throws: Failure.self) { try specs().find("bad") }
    #expect(failure?.location?.line == 2)
    try install("none", in: "home/.ipython", json: #"{"argv": []}"#)
    #expect(throws: Failure.self) { try specs().find("none") }
    #expect(!specs().all().contains { ["bad", "none"].contains($0.name) })
  }

  @Test(
    "the stock launcher is known from every other command",
    arguments: [
      ("python -m ipykernel_launcher -f x", ["python"]),
      (
        "python -Xfrozen_modules=off -m ipykernel_launcher -f x",
        ["python", "-Xfrozen_modules=off"]
      ),
      ("python -m ipykernel -f x", nil), ("conda run -m ipykernel_launcher -f x", nil),
      ("python -c pass -m ipykernel_launcher", nil), ("python -m", nil), ("kernel", nil),
    ] as [(String, [String]?)])
  func stock(command: String, interpreter: [String]?) {
    let words = command.split(separator: " ").map(String.init)
    let kernel = KernelCommand(words: words, variables: [:], directory: "/", folder: "/")
    #expect(kernel.stockIPython?.interpreter == interpreter)
  }
}
