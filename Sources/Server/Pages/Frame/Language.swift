/// The languages of the pages.
enum Language: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case korean = "ko"

  /// Its own name for itself.
  var ownName: String {
    switch self {
    case .english: "English"
    case .korean: "한국어"
    }
  }

  /// The language that a browser asks for (`Accept-Language`, RFC 9110 section 12.5.4): the first of ours among those of the
  /// greatest weight.
  init(accepting header: String?) {
    var best: (language: Language, weight: Double)?
    for part in (header ?? "").split(separator: ",") {
      let fields = part.split(separator: ";").map { $0.filter { $0 != " " } }
      guard let tag = fields.first?.lowercased(),
        let language = Language.allCases.first(where: {
          tag == $0.rawValue || tag.hasPrefix($0.rawValue + "-")
        })
      else { continue }
      let weight =
        fields.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      if weight > (best?.weight ?? 0) { best = (language, weight) }
    }
    self = best?.language ?? .english
  }
}
