import Formats
import Glibc
import Platform
import Support
import SystemPackage

/// One template with one or more calls of cookiecutter's command line on it.
struct CookiecutterCase {
  struct File {
    var path: String
    var bytes: [UInt8]
    var mode: UInt32 = 0o644
    /// Where it leads, for a link.
    var link: String?

    init(_ path: String, _ text: String, mode: UInt32 = 0o644) {
      self.path = path
      bytes = Array(text.utf8)
      self.mode = mode
    }

    init(_ path: String, bytes: [UInt8], mode: UInt32 = 0o644) {
      self.path = path
      self.bytes = bytes
      self.mode = mode
    }

    init(_ path: String, link: String) {
      self.path = path
      bytes = []
      self.link = link
    }
  }

  struct Call {
    var arguments: [String]
    var input = ""
  }

  /// The template, below `template`; and what is there before, below `work` and `home`.
  var files: [File] = []
  var calls: [Call] = []
  var environment: [String: String] = [:]
  /// What it tries, for the message.
  var features: [String] = []

  /// Lays the case out in a folder.
  func write(to folder: FilePath) throws {
    for name in ["template", "work", "home"] {
      try FileSystem.createDirectory(folder.appending(name))
    }
    for file in files {
      let path = folder.pushing(FilePath(file.path))
      try FileSystem.createDirectory(path.removingLastComponent())
      if let link = file.link {
        symlink(link, path.string)
      } else {
        try FileSystem.write(file.bytes, to: path, mode: file.mode, durable: false)
        chmod(path.string, file.mode)
      }
    }
    let plan = JSONValue.object([
      .init("environment", .object(environment.map { .init($0.key, .string($0.value)) })),
      .init(
        "calls",
        .array(
          calls.map { call in
            .object([
              .init("arguments", .array(call.arguments.map { .string($0) })),
              .init("input", .string(call.input)),
            ])
          })),
    ])
    try FileSystem.write(plan.text(), to: folder.appending("case.json"), durable: false)
  }
}
