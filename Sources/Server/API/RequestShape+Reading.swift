import Formats

extension RequestShape {
  /// Reads the fields of a request as protocol buffers read JSON: unknown names are passed over, numbers may be texts,
  /// null is nothing.
  ///
  /// - Returns: the fields read, by their names and in their kinds; and whether all could be read. As in MLflow, what
  ///   was read before the first that could not be counts.
  func read(_ json: JSONValue) -> (fields: JSONValue, isWhole: Bool) {
    var read: [JSONValue.Member] = []
    for member in json.members ?? [] {
      guard let field = field(member.key), member.value != .null else { continue }
      switch field.kind.read(member.value) {
      case .value(let value): read.append(.init(field.name, value))
      case .unknown: continue
      case .broken(let part):
        if let part { read.append(.init(field.name, part)) }
        return (.object(read), false)
      }
    }
    return (.object(read), true)
  }

  /// Throws when a field is spelled in both ways, of which a check and the work might take different ones.
  func refuseTwoSpellings(_ json: JSONValue) throws(APIError) {
    guard let members = json.members else { return }
    // Only what is spelled with capitals can be the other spelling of something.
    guard members.contains(where: { $0.key.utf8.contains { (0x41...0x5A).contains($0) } }) else {
      guard hasMessages else { return }
      for member in members {
        guard let nested = field(member.key)?.kind.message else { continue }
        for item in member.value.array ?? [member.value] { try nested.refuseTwoSpellings(item) }
      }
      return
    }
    for field in fields {
      let value = members.last { $0.key == field.name }?.value
      let other =
        field.camelName == field.name ? nil : members.last { $0.key == field.camelName }?.value
      if value != nil, other != nil {
        throw .invalid(
          "Request specifies both '\(field.name)' and '\(field.camelName)'; "
            + "provide only one of them.")
      }
      guard let nested = field.kind.message, let value = value ?? other else { continue }
      for item in value.array ?? [value] { try nested.refuseTwoSpellings(item) }
    }
  }
}

extension RequestShape.Kind {
  enum Reading {
    case value(JSONValue)
    /// A name that no choice has: as if it was not given.
    case unknown
    /// Not of this kind, with what was read before that was found out.
    case broken(JSONValue?)

    init(_ value: JSONValue?) {
      if let value { self = .value(value) } else { self = .broken(nil) }
    }
  }

  /// What the fields of a message, or of those in a list, are.
  var message: RequestShape? {
    switch self {
    case .message(let shape): shape
    case .list(let kind): kind.message
    default: nil
    }
  }

  /// A value in this kind.
  func read(_ json: JSONValue) -> Reading {
    switch self {
    case .text: Reading(json.string.map { .string($0) })
    case .int64: Reading(JSONNumbers.int(json).map { .int($0) })
    case .int32:
      Reading(JSONNumbers.int(json).flatMap { Int32(exactly: $0) }.map { .int(Int64($0)) })
    case .double: Reading(JSONNumbers.double(json).map { .double($0) })
    case .bool: Reading(json.bool.map { .bool($0) })
    case .choice(let names): choice(json, names)
    case .message(let shape): message(json, shape)
    case .list(let kind): list(json, kind)
    }
  }

  private func choice(_ json: JSONValue, _ names: [String]) -> Reading {
    if let name = json.string, names.contains(name) { return .value(.string(name)) }
    guard let number = JSONNumbers.pythonInt(json) else {
      return json.string == nil ? .broken(nil) : .unknown
    }
    guard number >= 1, number <= names.count else { return .broken(nil) }
    return .value(.string(names[Int(number) - 1]))
  }

  private func message(_ json: JSONValue, _ shape: RequestShape) -> Reading {
    guard json.members != nil else {
      // Python's reader looks through the characters of a text and the items of a list for names of fields: where none
      // is one, nothing is said.
      let isNothing = json.string != nil || json.array?.isEmpty == true
      return isNothing ? .value([:]) : .broken(nil)
    }
    let (fields, isWhole) = shape.read(json)
    return isWhole ? .value(fields) : .broken(fields)
  }

  private func list(_ json: JSONValue, _ kind: RequestShape.Kind) -> Reading {
    guard let items = json.array else { return .broken(nil) }
    var read: [JSONValue] = []
    read.reserveCapacity(items.count)
    for item in items {
      switch kind.read(item) {
      case .value(let value): read.append(value)
      case .unknown: continue
      case .broken(let part):
        // A message is in its list before its fields are read.
        if kind.message != nil { read.append(part ?? [:]) }
        return .broken(.array(read))
      }
    }
    return .value(.array(read))
  }
}
