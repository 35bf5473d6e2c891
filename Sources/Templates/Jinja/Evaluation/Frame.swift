/// The variables of one call of a template's function; macros and recursive loops see those of the function around them.
final class Frame {
  var slots: [Value?]
  let parent: Frame?

  init(_ count: Int, parent: Frame? = nil) {
    slots = Array(repeating: nil, count: count)
    self.parent = parent
  }

  subscript(slot: Slot) -> Value? {
    get {
      if slot.hops == 0 { return slots[slot.index] }
      return outer(slot.hops)?.slots[slot.index]
    }
    set {
      if slot.hops == 0 {
        slots[slot.index] = newValue
      } else {
        outer(slot.hops)?.slots[slot.index] = newValue
      }
    }
  }

  private func outer(_ hops: Int) -> Frame? {
    var frame: Frame? = self
    for _ in 0..<hops { frame = frame?.parent }
    return frame
  }
}
