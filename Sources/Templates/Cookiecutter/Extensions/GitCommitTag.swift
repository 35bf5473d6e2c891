import Git
import SystemPackage

extension ExtensionTag {
  /// `{% gitcommit %}` and `{% gitcommit short=True %}` of `jinja2_git`: the commit that the template is at.
  static func gitCommit(template: FilePath) -> ExtensionTag {
    let read: Reader = { (parser) throws(TemplateError) in
      // The one option is a name, `=`, and a truth value.
      guard parser.current.kind == .name else { return [] }
      try parser.advance()
      try parser.expect(.assign)
      return [try parser.expression()]
    }
    let write: Writer = { (values, render) throws(TemplateError) in
      let commit = (try? Repository.discover(from: template)?.head().commit) ?? nil
      guard let commit else {
        throw .runtime("the template is not in a git repository, so it has no commit")
      }
      var isShort = false
      if let option = values.first { isShort = try render.truth(option) }
      return .text(isShort ? String(commit.prefix(8)) : commit)
    }
    return ExtensionTag(read: read, write: write)
  }
}
