/// The variables of one scope while a template is compiled, as Jinja2's `idtracking` keeps them.
///
/// A name belongs to the scope that first stores or loads it; a store in an inner scope makes a variable there that starts
/// as an alias of the outer one.
final class Symbols {
  /// A variable and the function that holds it.
  struct Reference {
    let function: FunctionBuilder
    let index: Int
  }

  enum Load { case parameter, resolve(Text), alias(Reference), missing }

  let level: Int
  let parent: Symbols?
  let function: FunctionBuilder
  private(set) var references: [Text: Reference] = [:] { didSet { last = nil } }
  /// The reference that was found last: most templates use few names many times.
  private var last: (name: Text, reference: Reference)?
  private(set) var loads: [(index: Int, load: Load)] = []
  private(set) var stores: Set<Text> = []

  init(function: FunctionBuilder, parent: Symbols? = nil, level: Int = 0) {
    self.function = function
    self.parent = parent
    self.level = parent.map { $0.level + 1 } ?? level
  }

  private init(copying other: Symbols) {
    level = other.level
    parent = other.parent
    function = other.function
    references = other.references
    loads = other.loads
    stores = other.stores
  }

  func find(_ name: Text) -> Reference? {
    if let last, last.name == name { return last.reference }
    guard let reference = references[name] else { return parent?.find(name) }
    last = (name, reference)
    return reference
  }

  private func define(_ name: Text, _ load: Load) -> Reference {
    let reference = Reference(function: function, index: function.slot(level: level, name))
    references[name] = reference
    setLoad(reference.index, load)
    return reference
  }

  private func setLoad(_ index: Int, _ load: Load) {
    if let place = loads.firstIndex(where: { $0.index == index }) {
      loads[place].load = load
    } else {
      loads.append((index, load))
    }
  }

  @discardableResult
  func load(_ name: Text) -> Reference? { find(name) ?? define(name, .resolve(name)) }

  func store(_ name: Text) {
    stores.insert(name)
    guard references[name] == nil else { return }
    if let outer = parent?.find(name) {
      _ = define(name, .alias(outer))
    } else {
      _ = define(name, .missing)
    }
  }

  @discardableResult
  func declareParameter(_ name: Text) -> Reference {
    stores.insert(name)
    return define(name, .parameter)
  }

  /// Reads the branches of an `if`, each from the state before it, and joins what they found.
  func branch(_ bodies: [(Symbols) -> Void]) {
    let branches = bodies.map { body in
      let copy = Symbols(copying: self)
      body(copy)
      return copy
    }
    var new = Set<Text>()
    for branch in branches { new.formUnion(branch.stores) }
    new.subtract(stores)
    for branch in branches {
      references.merge(branch.references) { $1 }
      for (index, load) in branch.loads { setLoad(index, load) }
      stores.formUnion(branch.stores)
    }
    for name in new {
      guard let target = find(name) else { continue }
      if let outer = parent?.find(name) {
        setLoad(target.index, .alias(outer))
      } else {
        setLoad(target.index, .resolve(name))
      }
    }
  }

  /// Every variable that is stored here or outside, seen from here; by name.
  func storedNames() -> [(name: Text, reference: Reference)] {
    var result: [(Text, Reference)] = []
    var seen = Set<Text>()
    var scope: Symbols? = self
    while let current = scope {
      for name in current.stores.sorted() where seen.insert(name).inserted {
        if let reference = find(name) { result.append((name, reference)) }
      }
      scope = current.parent
    }
    return result
  }
}

/// The slots of a function that is being compiled.
final class FunctionBuilder {
  private struct Name: Hashable {
    let level: Int
    let name: Text
  }

  let parent: FunctionBuilder?
  private var slots: [Name: Int] = [:]
  private(set) var count = 0

  init(parent: FunctionBuilder? = nil) { self.parent = parent }

  /// Scopes of the same level share the slot of a name, one after the other.
  func slot(level: Int, _ name: Text) -> Int {
    if let slot = slots[Name(level: level, name: name)] { return slot }
    slots[Name(level: level, name: name)] = count
    count += 1
    return count - 1
  }

  /// A variable as seen from this function.
  func slot(of reference: Symbols.Reference) -> Slot {
    var hops = 0
    var function = self
    while function !== reference.function, let outer = function.parent {
      hops += 1
      function = outer
    }
    return Slot(hops: hops, index: reference.index)
  }
}
