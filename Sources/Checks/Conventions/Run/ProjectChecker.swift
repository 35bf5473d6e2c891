import Platform
import SystemPackage

/// Looks at a project as a whole with the rules that are on.
package struct ProjectChecker: Sendable {
  private let selection: RuleSelection

  package init(_ selection: RuleSelection) { self.selection = selection }

  package func findings(in project: ProjectFiles) -> [Finding] {
    var findings: [Finding] = []
    let own = Set(selection.active.flatMap(\.rule.codes))
    var files: [String: (file: CheckedFile, comments: Suppressions)] = [:]
    for active in selection.active where !active.isOff {
      guard case .project(let check) = active.rule.matcher else { continue }
      check.run(project) { found in
        // What a rule of ours looks for is told once.
        if active.rule.isDelegated, let code = found.code, own.contains(code) { return }
        var source: String?
        if let line = found.line,
          let bytes = files[found.path]?.file.bytes ?? project.read(found.path)
        {
          if files[found.path] == nil {
            let file = CheckedFile(path: found.path, bytes: bytes)
            files[found.path] = (file, Suppressions(of: file))
          }
          source = files[found.path]?.file.text(ofLine: line)
          if files[found.path]?.comments.leaveOut(active.rule, found.code, line: line) == true {
            return
          }
        }
        findings.append(
          Finding(
            rule: active.rule.id, severity: active.rule.severity, path: found.path,
            line: found.line, column: found.column, endLine: found.line,
            message: found.message
              ?? active.rule.messages.text(found.code, found.values, in: selection.language),
            source: source))
      }
    }
    return findings.sorted(by: Finding.isBefore)
  }

  /// Whether any rule about projects is on, so that its files need to be listed.
  package var hasRules: Bool {
    selection.active.contains { active in
      if case .project = active.rule.matcher { !active.isOff } else { false }
    }
  }
}

extension ProjectFiles {
  /// A project that an example describes.
  ///
  /// - Parameters:
  ///   - text: of the file at the path, and of others behind a line `=== their/path`; without a path, a list of paths: one a line, `?` before one that git does not
  ///     track, `!` before one that it ignores.
  init(example text: String, path: String?) {
    if let path {
      var files: [String: [UInt8]] = [:]
      var name = path
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("=== ") {
          name = String(line.dropFirst(4))
          continue
        }
        files[name, default: []] += Array((files[name] == nil ? "" : "\n").utf8) + Array(line.utf8)
      }
      let all = files
      self.init(
        root: "/", paths: all.keys.sorted(), checked: Set(all.keys),
        size: { all[$0].map { Int64($0.count) } }, read: { all[$0] }, isIgnored: { _ in true },
        isTracked: { all[$0] != nil })
      return
    }
    var paths: [String] = []
    var untracked: Set<String> = []
    var ignored: [String] = []
    var sizes: [String: Int64] = [:]
    for line in text.split(separator: "\n").map(String.init) {
      if line.hasPrefix("!") {
        ignored.append(String(line.dropFirst()))
        continue
      }
      var name = line
      // `big.bin 7000000`
      if let space = name.lastIndex(of: "\t"), let size = Int64(name[name.index(after: space)...]) {
        name = String(name[..<space])
        sizes[name] = size
      }
      if name.hasPrefix("?") {
        name.removeFirst()
        untracked.insert(name)
      }
      paths.append(name)
    }
    self.init(
      root: "/", paths: paths, checked: Set(paths), size: { sizes[$0] ?? 0 }, read: { _ in [] },
      isIgnored: { path in ignored.contains { path.hasPrefix($0) } },
      isTracked: { paths.contains($0) && !untracked.contains($0) })
  }
}
