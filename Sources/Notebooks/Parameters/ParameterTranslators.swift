import Platform

/// The languages that parameters can be written in.
package enum ParameterTranslators {
  /// By the name of a kernel, or of a language, as papermill registers them; `octave` and `swift` are ours.
  private static let all: [String: any ParameterTranslator] = [
    "python": PythonTranslator(), "pysparkkernel": PythonTranslator(),
    "R": RTranslator(), "sparkrkernel": RTranslator(),
    "scala": ScalaTranslator(), "sparkkernel": ScalaTranslator(),
    "julia": JuliaTranslator(), "matlab": MatlabTranslator(), "octave": MatlabTranslator(),
    ".net-csharp": CSharpTranslator(), ".net-fsharp": FSharpTranslator(),
    ".net-powershell": PowerShellTranslator(), "bash": BashTranslator(),
    "swift": SwiftTranslator(),
  ]

  /// The translator for a kernel, or if there is none for its language.
  ///
  /// - Throws: ``Failure`` when there is none for either.
  package static func find(
    kernel: String?, language: String?
  ) throws -> any ParameterTranslator {
    for name in [kernel, language].compactMap(\.self) {
      if let translator = all[name] { return translator }
    }
    throw Failure(
      .unsupported,
      "parameters cannot be written for the kernel `\(kernel ?? "")` or the language "
        + "`\(language ?? "")`",
      hint: "name one with `-l`: \(all.keys.sorted().joined(separator: ", "))")
  }
}
