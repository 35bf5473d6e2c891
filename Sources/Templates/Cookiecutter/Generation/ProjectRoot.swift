import Platform
import SystemPackage

/// The folder of a template that becomes the project.
enum ProjectRoot {
  /// The first folder by name that holds `cookiecutter` and both delimiters of variables.
  static func name(in template: FilePath, _ options: TemplateOptions) throws -> String {
    let names = try FileSystem.names(in: template)
    let marks = ["cookiecutter", options.variableStart, options.variableEnd]
    let found = names.first { name in
      marks.allSatisfy { name.firstRange(ofText: $0) != nil }
        && FileSystem.isDirectory(template.appending(name))
    }
    guard let found else {
      let example = "\(options.variableStart)cookiecutter.project_slug\(options.variableEnd)"
      throw Failure(
        .invalid, "the template `\(template)` has no folder that becomes the project",
        hint: "name one with a variable, such as `\(example)`")
    }
    return found
  }
}

/// Checks that a path that a template made stays where it belongs.
enum SafePath {
  /// The steps of a relative path; `.` and empty ones are left out.
  ///
  /// - Throws: ``Failure`` for an absolute path, one with `..`, and one with a NUL.
  static func steps(_ path: String, source: String) throws -> [String] {
    guard !path.hasPrefix("/") else { throw leavesProject(path, source) }
    guard !path.utf8.contains(0) else {
      throw Failure(.invalid, "the name of `\(source)` holds a NUL")
    }
    let steps = path.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
      .filter { $0 != "." }
    guard !steps.contains("..") else { throw leavesProject(path, source) }
    return steps
  }

  private static func leavesProject(_ path: String, _ source: String) -> Failure {
    Failure(
      .invalid, "`\(source)` becomes `\(path)`, which leads out of the project; nothing was written"
    )
  }
}
