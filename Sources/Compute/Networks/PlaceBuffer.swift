/// Places in an array, at an address that stays; they are never changed.
package final class PlaceBuffer: @unchecked Sendable {
  package let start: UnsafePointer<Int32>
  package let count: Int

  package init(_ places: [Int32]) {
    count = places.count
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, places.count))
    memory.initialize(repeating: 0, count: max(1, places.count))
    for (index, place) in places.enumerated() { memory[index] = place }
    start = UnsafePointer(memory)
  }

  deinit { start.deallocate() }
}
