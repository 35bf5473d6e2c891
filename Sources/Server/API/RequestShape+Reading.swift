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
      guard let value = field.kind.read(member.value, of: field.name) else {
        return (.object(read), false)
      }
      guard case .value(let known) = value else { continue }
      read.append(.init(field.name, known))
    }
    return (.object(read), true)
  }

  /// Throws when a field is spelled in both ways, of which a check and the work might take different ones.
  func refuseTwoSpellings(_ json: JSONValue) throws(APIError) {
    guard let members = json.members else { return }
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
  }

  fileprivate var message: RequestShape? {
    switch self {
    case .message(let shape): shape
    case .list(let kind): kind.message
    default: nil
    }
  }

  /// A value in this kind; nil when it is none.
  func read(_ json: JSONValue, of name: String) -> Reading? {
    switch self {
    case .text: text(json, of: name).map { .value(.string($0)) }
    case .int64: JSONNumbers.int(json).map { .value(.int($0)) }
    case .int32:
      JSONNumbers.int(json).flatMap { Int32(exactly: $0) }.map { .value(.int(Int64($0))) }
    case .double: JSONNumbers.double(json).map { .value(.double($0)) }
    case .bool: json.bool.map { .value(.bool($0)) }
    case .choice(let names): choice(json, names)
    case .message(let shape): message(json, shape)
    case .list(let kind): list(json, kind, of: name)
    }
  }

  /// MLflow takes numbers as ids of experiments.
  private func text(_ json: JSONValue, of name: String) -> String? {
    if case .int(let number) = json, name == "experiment_id" || name == "experiment_ids" {
      return String(number)
    }
    return json.string
  }

  private func choice(_ json: JSONValue, _ names: [String]) -> Reading? {
    if let name = json.string, names.contains(name) { return .value(.string(name)) }
    guard let number = JSONNumbers.int(json) else { return json.string == nil ? nil : .unknown }
    guard number >= 1, number <= names.count else { return .unknown }
    return .value(.string(names[Int(number) - 1]))
  }

  private func message(_ json: JSONValue, _ shape: RequestShape) -> Reading? {
    guard json.members != nil else { return nil }
    let (fields, isWhole) = shape.read(json)
    return isWhole ? .value(fields) : nil
  }

  private func list(_ json: JSONValue, _ kind: RequestShape.Kind, of name: String) -> Reading? {
    guard let items = json.array else { return nil }
    var read: [JSONValue] = []
    read.reserveCapacity(items.count)
    for item in items {
      guard let value = kind.read(item, of: name) else { return nil }
      if case .value(let known) = value { read.append(known) }
    }
    return .value(.array(read))
  }
}
