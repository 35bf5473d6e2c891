/// Lays values out as Python's `pprint.pformat` does: 80 columns, keys in order.
struct PrettyPrinter {
  private let render: Render
  private static let width = 80
  /// What is nested deeper is not shown.
  private let depth: Int
  /// Whether a line holds as many items of a list as fit.
  private let isCompact: Bool
  private var bytes: [UInt8] = []
  private var open: [ObjectIdentifier] = []

  static func text(
    of value: Value, depth: Int = .max, isCompact: Bool = false, _ render: Render
  ) throws(TemplateError) -> Text {
    var printer = PrettyPrinter(render, depth: depth, isCompact: isCompact)
    try printer.format(value, indent: 0, allowance: 0, level: 0)
    return Text(bytes: printer.bytes)
  }

  private init(_ render: Render, depth: Int, isCompact: Bool) {
    self.render = render
    self.depth = depth
    self.isCompact = isCompact
  }

  private mutating func write(_ text: Text) { bytes += text.bytes }

  private mutating func newLine(_ indent: Int) {
    bytes.append(0x0A)
    bytes += Array(repeating: 0x20, count: indent)
  }

  private mutating func format(
    _ value: Value, indent: Int, allowance: Int, level: Int
  ) throws(TemplateError) {
    if let box = identity(value), open.contains(ObjectIdentifier(box)) {
      return write(recursion(value, box))
    }
    let plain = try oneLine(value, open, level)
    guard plain.count > Self.width - indent - allowance else { return write(plain) }
    guard open.count < 200 else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded")
    }
    switch value {
    case .string(let text): return writeString(text, indent, allowance, level + 1)
    case .list(let box): try writeItems(box, box.items, "[", "]", indent, allowance, level)
    case .tuple(let box) where box.className == nil:
      try writeItems(
        box, box.items, "(", box.items.count == 1 ? ",)" : ")", indent, allowance, level)
    case .dict(let box): try writeDict(box, indent, allowance, level)
    default: write(plain)
    }
  }

  private func identity(_ value: Value) -> AnyObject? {
    switch value {
    case .list(let box): box
    case .tuple(let box): box
    case .dict(let box): box
    default: nil
    }
  }

  private func recursion(_ value: Value, _ box: AnyObject) -> Text {
    let address = UInt(bitPattern: ObjectIdentifier(box).hashValue)
    return Text("<Recursion on \(value.typeName) with id=\(address)>")
  }

  private mutating func writeItems(
    _ box: AnyObject, _ items: [Value], _ start: Text, _ end: Text, _ indent: Int,
    _ allowance: Int, _ level: Int
  ) throws(TemplateError) {
    open.append(ObjectIdentifier(box))
    write(start)
    if isCompact {
      try fill(items, indent + 1, allowance + end.count, level + 1)
      write(end)
      open.removeLast()
      return
    }
    for (index, item) in items.enumerated() {
      if index > 0 {
        bytes.append(UInt8(ascii: ","))
        newLine(indent + 1)
      }
      let isLast = index == items.count - 1
      try format(
        item, indent: indent + 1, allowance: isLast ? allowance + end.count : 1, level: level + 1)
    }
    write(end)
    open.removeLast()
  }

  /// Writes items side by side while they fit.
  private mutating func fill(
    _ items: [Value], _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(TemplateError) {
    var most = Self.width - indent + 1
    var room = most
    var isLineStart = true
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      if isLast {
        most -= allowance
        room -= allowance
      }
      let plain = try oneLine(item, open, level)
      let fits = plain.count + 2 <= room
      if !fits { room = most }
      if index > 0 {
        bytes.append(UInt8(ascii: ","))
        if fits, !isLineStart { bytes.append(0x20) } else { newLine(indent) }
      }
      isLineStart = plain.count + 2 > room
      if isLineStart {
        try format(item, indent: indent, allowance: isLast ? allowance : 1, level: level)
      } else {
        room -= plain.count + 2
        write(plain)
      }
    }
  }

  private mutating func writeDict(
    _ box: DictBox, _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(TemplateError) {
    if box.isOrdered {
      open.append(ObjectIdentifier(box))
      write("OrderedDict(")
      let pairs = zip(box.keys, box.values).map { Value.tuple([$0, $1]) }
      try format(.list(pairs), indent: indent + 12, allowance: allowance + 1, level: level + 1)
      write(")")
      open.removeLast()
      return
    }
    open.append(ObjectIdentifier(box))
    write("{")
    let order = try order(of: box)
    for (count, index) in order.enumerated() {
      if count > 0 {
        bytes.append(UInt8(ascii: ","))
        newLine(indent + 1)
      }
      let key = try oneLine(box.keys[index], open, level + 1)
      write(key + ": ")
      let isLast = count == order.count - 1
      try format(
        box.values[index], indent: indent + 1 + key.count + 2,
        allowance: isLast ? allowance + 1 : 1, level: level + 1)
    }
    write("}")
    open.removeLast()
  }

  /// The keys in their order; those without one, by the names of their types.
  private func order(of box: DictBox) throws(TemplateError) -> [Int] {
    let render = render
    var order: [Int] = []
    for index in box.keys.indices {
      var place = order.count
      while place > 0,
        try Self.isBefore(box.keys[index], box.keys[order[place - 1]], render)
      {
        place -= 1
      }
      order.insert(index, at: place)
    }
    return order
  }

  private static func isBefore(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Bool {
    do throws(TemplateError) {
      return try Comparison.holds(.less, left, right)
    } catch {
      guard error.exception == "TypeError" else { throw error }
      return left.typeName.utf8.lexicographicallyPrecedes(right.typeName.utf8)
    }
  }

  /// `repr` with the keys of dicts in order.
  private func oneLine(
    _ value: Value, _ open: [ObjectIdentifier], _ level: Int
  ) throws(TemplateError) -> Text {
    guard let box = identity(value) else { return try render.repr(value) }
    guard !open.contains(ObjectIdentifier(box)) else { return recursion(value, box) }
    guard open.count < 200 else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded")
    }
    let inner = open + [ObjectIdentifier(box)]
    var result: [UInt8] = []
    switch value {
    case .dict(let dict) where !dict.isOrdered:
      if level >= depth, dict.count > 0 { return "{...}" }
      result += "{".utf8
      for (count, index) in try order(of: dict).enumerated() {
        if count > 0 { result += ", ".utf8 }
        result += try oneLine(dict.keys[index], inner, level + 1).bytes
        result += ": ".utf8
        result += try oneLine(dict.values[index], inner, level + 1).bytes
      }
      result += "}".utf8
    case .list(let list):
      if level >= depth, !list.items.isEmpty { return "[...]" }
      result += "[".utf8
      for (index, item) in list.items.enumerated() {
        if index > 0 { result += ", ".utf8 }
        result += try oneLine(item, inner, level + 1).bytes
      }
      result += "]".utf8
    case .tuple(let tuple) where tuple.className == nil:
      if level >= depth, !tuple.items.isEmpty { return "(...)" }
      result += "(".utf8
      for (index, item) in tuple.items.enumerated() {
        if index > 0 { result += ", ".utf8 }
        result += try oneLine(item, inner, level + 1).bytes
      }
      result += (tuple.items.count == 1 ? ",)" : ")").utf8
    default: return try render.repr(value)
    }
    try TextLimits.check(result.count)
    return Text(bytes: result)
  }

  /// A long text as several literals, broken behind blanks.
  private mutating func writeString(_ text: Text, _ start: Int, _ room: Int, _ level: Int) {
    let indent = level == 1 ? start + 1 : start
    let allowance = level == 1 ? room + 1 : room
    let lines = text.lines(keepingEnds: true)
    var chunks: [Text] = []
    let most = Self.width - indent
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      let whole = Printing.repr(line)
      if whole.count <= (isLast ? most - allowance : most) {
        chunks.append(whole)
        continue
      }
      let parts = Self.wordsWithSpace(line)
      var current = Text.empty
      for (place, part) in parts.enumerated() {
        let limit = isLast && place == parts.count - 1 ? most - allowance : most
        if Printing.repr(current + part).count > limit {
          if !current.isEmpty { chunks.append(Printing.repr(current)) }
          current = part
        } else {
          current = current + part
        }
      }
      if !current.isEmpty { chunks.append(Printing.repr(current)) }
    }
    if chunks.count == 1 { return write(Printing.repr(lines.last ?? text)) }
    if level == 1 { write("(") }
    for (index, chunk) in chunks.enumerated() {
      if index > 0 { newLine(indent) }
      write(chunk)
    }
    if level == 1 { write(")") }
  }

  /// Words, each with the white space behind it.
  private static func wordsWithSpace(_ line: Text) -> [Text] {
    var parts: [[UInt32]] = []
    var isInSpace = true
    for point in line.codePoints {
      let isSpace = CodePoint.isSpace(point)
      if parts.isEmpty || (isInSpace && !isSpace) {
        parts.append([point])
      } else {
        parts[parts.count - 1].append(point)
      }
      isInSpace = isSpace
    }
    return parts.map { Text(codePoints: $0) }
  }
}
