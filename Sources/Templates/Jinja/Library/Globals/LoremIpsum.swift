/// Paragraphs of Latin words that mean nothing, in a random order.
enum LoremIpsum {
  private static let words = """
    lorem ipsum dolor sit amet consectetur adipisci elit sed eiusmod tempor incidunt ut labore et \
    dolore magna aliqua enim ad minim veniam quis nostrum exercitationem ullam corporis suscipit \
    laboriosam nisi aliquid ex ea commodi consequatur iure reprehenderit in voluptate velit esse \
    cillum fugiat nulla pariatur excepteur sint obcaecat cupiditat non proident sunt culpa qui \
    officia deserunt mollit anim id est laborum
    """.split(separator: " ").map(String.init)

  static func text(_ bound: Signature.Bound, _ render: Render) throws(TemplateError) -> Value {
    let count = try bound[0].map { (value) throws(TemplateError) in try render.size(value) } ?? 5
    let isHTML =
      try bound[1].map { (value) throws(TemplateError) in try render.truth(value) } ?? true
    let least = try bound[2].map { (value) throws(TemplateError) in try render.size(value) } ?? 20
    let most = try bound[3].map { (value) throws(TemplateError) in try render.size(value) } ?? 100
    guard least < most || count <= 0 else {
      throw .value("empty range for randrange() (\(least), \(most), \(most &- least))")
    }
    var paragraphs: [Text] = []
    for _ in 0..<max(0, count) {
      let length = Int.random(in: least..<most)
      try render.charge(rounds: max(1, length))
      paragraphs.append(paragraph(length))
    }
    guard isHTML else { return .string(try Text.joined(paragraphs, by: "\n\n")) }
    return .markup(try Text.joined(paragraphs.map { "<p>" + $0 + "</p>" }, by: "\n"))
  }

  private static func paragraph(_ count: Int) -> Text {
    var result = ""
    var lastComma = 0
    var lastStop = 0
    var isCapital = true
    var last = ""
    for index in 0..<max(0, count) {
      var word = words[Int.random(in: words.indices)]
      while word == last { word = words[Int.random(in: words.indices)] }
      last = word
      if isCapital {
        word = word.prefix(1).uppercased() + word.dropFirst()
        isCapital = false
      }
      if index - Int.random(in: 3..<8) > lastComma {
        lastComma = index
        lastStop += 2
        word += ","
      }
      if index - Int.random(in: 10..<20) > lastStop {
        lastComma = index
        lastStop = index
        word += "."
        isCapital = true
      }
      result += (index > 0 ? " " : "") + word
    }
    if result.hasSuffix(",") { result.removeLast() }
    if !result.hasSuffix(".") { result += "." }
    return Text(result)
  }
}
