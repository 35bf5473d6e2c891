import Records

/// The few signs that pages use, drawn in the colour of the text around them.
enum Icon {
  static let mark: HTML = """
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 3v14M8 3v14" stroke-width="2"/>\
    <circle cx="13" cy="7.5" r="1.6" class="solid"/><circle cx="13" cy="12.5" r="1.6" class="solid"/></svg>
    """
  static let theme: HTML = """
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="6.5"/>\
    <path class="solid" d="M10 3.5a6.5 6.5 0 0 1 0 13z"/></svg>
    """
  static let folder: HTML = """
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">\
    <path d="M2.5 5.5v10h15v-8h-8l-2-2z"/></svg>
    """
  static let file: HTML = """
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">\
    <path d="M5 2.5h6.5l4 4v11H5zM11.5 2.5v4h4"/></svg>
    """

  /// How a run stands: a shape, a colour, and a word.
  static func status(_ status: RunStatus, _ at: PageContext, showsWord: Bool) -> HTML {
    let shape: HTML =
      switch status {
      case .finished: "<path d=\"m5.5 10.5 3 3 6-7\"/>"
      case .failed: "<path d=\"m6 6 8 8m0-8-8 8\"/>"
      case .killed: "<path d=\"M5 10h10\"/>"
      case .running: "<circle cx=\"10\" cy=\"10\" r=\"4.5\" class=\"solid\"/>"
      case .scheduled: "<circle cx=\"10\" cy=\"10\" r=\"5\"/>"
      }
    let name = status.rawValue.lowercased()
    let word = at[status.phrase]
    return """
      <span class="status \(name)" title="\(word)">\
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">\(shape)</svg>\
      <span\(showsWord ? HTML.nothing : " class=\"unseen\"")>\(word)</span></span>
      """
  }
}

extension RunStatus {
  var phrase: Phrase {
    switch self {
    case .running: .running
    case .scheduled: .scheduled
    case .finished: .finished
    case .failed: .failed
    case .killed: .killed
    }
  }
}
