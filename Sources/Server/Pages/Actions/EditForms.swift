import Records

/// Where a reader who may changes what a run or an experiment is called and said to be, deletes it and brings it back.
struct EditForms {
  let at: PageContext
  /// Of its page.
  let path: String
  let name: String
  let note: String
  let isDeleted: Bool
  /// Where there is no other place for them.
  var tags: TagForms?

  /// What stands beside the title.
  var html: HTML {
    guard !isDeleted, at.rights.edits || at.rights.manages else { return .nothing }
    return """
      <details class="edit menu"><summary data-key="e">\(at[.edit])</summary><div class="sheetlet">
      \(at.rights.edits ? names : .nothing)
      \(at.rights.edits ? tags?.html.map { "<h2>\(at[.tags])</h2>\($0)" as HTML } : nil)
      \(at.rights.manages ? button("delete", .delete, "danger") : .nothing)
      </div></details>
      """
  }

  /// What a page says of a thing that is deleted.
  var restoring: HTML {
    guard isDeleted else { return .nothing }
    return """
      <div class="notice"><strong>\(at[.deleted])</strong>\
      \(at.rights.manages ? button("restore", .restore, "main") : .nothing)</div>
      """
  }

  private var names: HTML {
    """
    <form method="post" action="\(path)/edit" class="fields">
    <label for="edit-name">\(at[.name])</label>
    <input type="hidden" name="name-was" value="\(name)">
    <input id="edit-name" type="text" name="name" value="\(name)" required autocomplete="off" spellcheck="false">
    <label for="edit-note">\(at[.note])</label>
    <textarea name="note-was" hidden aria-hidden="true" tabindex="-1">
    \(note)</textarea>
    <textarea id="edit-note" name="note" rows="5">
    \(note)</textarea>
    <button class="main">\(at[.save])</button></form>
    """
  }

  private func button(_ verb: String, _ phrase: Phrase, _ kind: String) -> HTML {
    """
    <form method="post" action="\(path)/\(verb)"><button class="\(kind)">\(at[phrase])</button></form>
    """
  }
}

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
