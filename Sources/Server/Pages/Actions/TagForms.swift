import Records

/// The tags that people set, each with what takes it away, and where another is added.
struct TagForms {
  let at: PageContext
  let path: String
  let tags: [Tag]

  /// Those that programs set for themselves are left out.
  init(at: PageContext, path: String, _ tags: [Tag]) {
    (self.at, self.path) = (at, path)
    self.tags = tags.filter { !$0.key.hasPrefix("mlflow.") && !$0.key.hasPrefix("reprise.") }
  }

  /// Nil when there is nothing to see and nothing to do.
  var html: HTML? {
    guard at.rights.edits || !tags.isEmpty else { return nil }
    return """
      \(tags.isEmpty ? .nothing : "<dl class=\"pairs tags\">\(tags.map(row))</dl>" as HTML)
      \(at.rights.edits ? adding : .nothing)
      """
  }

  private func row(_ tag: Tag) -> HTML {
    """
    <div><dt>\(tag.key)</dt><dd>\(tag.value)</dd>\(at.rights.edits ? removal(tag) : .nothing)</div>
    """
  }

  private func removal(_ tag: Tag) -> HTML {
    let name = at[.removeTag, tag.key]
    return """
      <form method="post" action="\(path)/untag"><input type="hidden" name="key" value="\(tag.key)">\
      <button class="drop" aria-label="\(name)" title="\(name)">×</button></form>
      """
  }

  private var adding: HTML {
    """
    <form method="post" action="\(path)/tag" class="add-tag">
    <input type="text" name="key" required autocomplete="off" spellcheck="false" \
    placeholder="\(at[.name])" aria-label="\(at[.name])">
    <input type="text" name="value" autocomplete="off" placeholder="\(at[.value])" \
    aria-label="\(at[.value])">
    <button>\(at[.addTag])</button></form>
    """
  }
}
