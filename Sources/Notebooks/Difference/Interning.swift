/// Numbers for items: equal ones for equal texts, told apart by their bytes.
struct Interning {
  private var numbers: [ByteText: Int] = [:]

  private struct ByteText: Hashable {
    let text: String

    static func == (left: ByteText, right: ByteText) -> Bool {
      left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  mutating func number(_ text: String) -> Int {
    let key = ByteText(text: text)
    if let number = numbers[key] { return number }
    let number = numbers.count
    numbers[key] = number
    return number
  }

  mutating func numbers(_ texts: [String]) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(texts.count)
    for text in texts { result.append(number(text)) }
    return result
  }
}
