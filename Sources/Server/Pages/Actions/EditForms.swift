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
