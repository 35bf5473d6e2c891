/// Tasks of differing size, gathered in their order into blocks that are worth a thread each.
struct WorkBlocks {
  private var starts: [Int] = [0]

  init(sizes: [Int], least: Int) {
    var size = 0
    for (index, next) in sizes.enumerated() {
      size += next
      if size >= least {
        starts.append(index + 1)
        size = 0
      }
    }
    if starts[starts.count - 1] < sizes.count { starts.append(sizes.count) }
  }

  var count: Int { starts.count - 1 }
  subscript(block: Int) -> Range<Int> { starts[block]..<starts[block + 1] }
}
