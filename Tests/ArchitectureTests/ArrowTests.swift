import Platform
import SystemPackage
import Testing

/// The arrows of the architecture: what each target may import. A line here is a decision.
private let arrows: [String: Set<String>] = [
  "reprise": ["Commands"],
  "Commands": [
    "ArgumentParser", "Checks", "Compute", "Datasets", "Formats", "Git", "Learning", "Notebooks",
    "Projects", "Records", "Runner", "Server", "Templates",
  ],
  "RepriseKit": ["Compute", "Learning", "Projects", "Records", "Runner"],
  "Server": [
    "Formats", "HTTPTypes", "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes",
    "NIOHTTPTypesHTTP1", "Notebooks", "NIOPosix", "Projects", "Records", "Runner",
  ],
  "Checks": [
    "Compute", "Formats", "Git", "Learning", "Notebooks", "Patterns", "Projects", "Python",
  ],
  "Runner": ["Compute", "Formats", "Git", "Learning", "Notebooks", "Projects", "Records"],
  "Datasets": ["Formats", "Git", "Projects"],
  "Notebooks": ["CZMQ", "Formats", "Python"],
  "Learning": ["Compute", "Formats", "Projects"],
  "Records": ["Formats", "GRDB", "GRDBSQLite"],
  "Templates": ["BigInt", "Formats", "Git", "Projects"],
  "Projects": ["Formats"],
  "Formats": ["CSQLite", "CYAML", "CZlib", "CZstd"],
  "Compute": ["CKernels"],
  "Patterns": [],
  "Git": ["CGit2", "CZlib"],
  "Python": [],
  "Platform": ["CCrypto", "CCurl", "CFiles", "CKernels", "CSpawn"],
]

/// What every target may import: the language's own, the path type, and the floor below all others.
private let everywhere: Set<String> = [
  "Foundation", "Glibc", "Platform", "Synchronization", "SystemPackage",
]

/// Where Foundation is still needed; every name is a debt, because it costs start-up time.
private let foundationAllowed: Set<String> = ["Commands", "Records"]

@Suite("Architecture") struct ArrowTests {
  private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  private static func imports(of target: String) throws -> [(file: String, line: Int, name: String)]
  {
    var found: [(String, Int, String)] = []
    func walk(_ folder: FilePath) throws {
      for name in try FileSystem.names(in: folder) {
        let path = folder.appending(name)
        if FileSystem.isDirectory(path) {
          try walk(path)
        } else if name.hasSuffix(".swift") {
          let lines = try FileSystem.readText(path).split(
            separator: "\n", omittingEmptySubsequences: false)
          // What stands in a long literal is another language's.
          var isText = false
          for (index, line) in lines.enumerated() {
            if line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count % 2 == 0 {
              isText.toggle()
            }
            guard !isText else { continue }
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
              words[..<place].allSatisfy({ $0.hasPrefix("@") || accessWords.contains($0) })
            else { continue }
            let named = words[(place + 1)...].first { !kindWords.contains($0) } ?? ""
            found.append((path.string, index + 1, String(named.prefix { $0 != "." })))
          }
        }
      }
    }
    try walk(root.appending("Sources/\(target)"))
    return found
  }

  @Test("a target imports only what its arrows allow", arguments: arrows.keys.sorted())
  func imports(target: String) throws {
    let allowed = try #require(arrows[target]).union(everywhere)
    let imports = try ArrowTests.imports(of: target)
    let wrong = imports.filter {
      !allowed.contains($0.name)
        || ($0.name == "Foundation" && !foundationAllowed.contains(target))
    }
    #expect(wrong.map { "\($0.file):\($0.line): import \($0.name)" } == [])
    #expect(target == "Compute" || target == "Python" || !imports.isEmpty)
  }

  @Test("every target has its arrows written down")
  func complete() throws {
    let folders = try FileSystem.names(in: ArrowTests.root.appending("Sources"))
    #expect(Set(folders) == Set(arrows.keys).union(["System"]))
  }

  @Test("no source file passes 600 lines, and few pass 400")
  func sizes() throws {
    var long: [String] = []
    func walk(_ folder: FilePath) throws {
      for name in try FileSystem.names(in: folder) {
        let path = folder.appending(name)
        if FileSystem.isDirectory(path) { try walk(path) }
        guard name.hasSuffix(".swift") else { continue }
        let lines = try FileSystem.readText(path).utf8.count { $0 == 0x0A }
        if lines > 600 { long.append("\(path): \(lines) lines") }
      }
    }
    try walk(ArrowTests.root.appending("Sources"))
    #expect(long == [])
  }
}

private let accessWords: Set<Substring> = [
  "public", "package", "internal", "fileprivate", "private",
]
private let kindWords: Set<Substring> = [
  "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
]
