import Compute

/// Divides the rows of nodes between their children, keeping the order of the rows.
///
/// A node's rows are a stretch of one array. They are taken in chunks whose bounds depend on the
/// node alone: each chunk writes both kinds of rows into the spare array, the left ones from its
/// start up and the right ones from its end down, without a branch; then all chunks copy theirs to
/// their places.
struct RowPartition {
  /// A stretch of a node's rows.
  struct Chunk: BitwiseCopyable {
    var start: Int
    var count: Int
    /// The node in the batch.
    var job: Int
    var leftCount = 0
    /// Where its left and right rows go.
    var leftPlace = 0
    var rightPlace = 0
  }

  /// A node whose rows are to be divided.
  struct Job {
    var start: Int
    var count: Int
    var feature: Int
    var leftBins: SIMD4<UInt64>
  }

  static let chunkRows = 16_384
  /// Fewer rows than that are not worth another thread.
  private static let blockRows = 8192

  /// Divides all of the jobs' rows and returns how many of each went left.
  static func run(
    _ jobs: [Job], matrix: BinnedMatrix, rows: UnsafeMutablePointer<UInt32>,
    spare: UnsafeMutablePointer<UInt32>, on pool: WorkerPool
  ) -> [Int] {
    var chunks: [Chunk] = []
    for (index, job) in jobs.enumerated() {
      var start = job.start
      let end = job.start + job.count
      while start < end {
        let count = min(chunkRows, end - start)
        chunks.append(Chunk(start: start, count: count, job: index))
        start += count
      }
    }
    let blocks = WorkBlocks(sizes: chunks.map(\.count), least: blockRows)
    let goesLeft = Memory<UInt8>(uninitialized: jobs.count * 256)
    for (index, job) in jobs.enumerated() {
      for bin in 0..<256 {
        goesLeft.base[index * 256 + bin] = UInt8((job.leftBins[bin >> 6] >> UInt64(bin & 63)) & 1)
      }
    }
    chunks.withUnsafeMutableBufferPointer { chunks in
      guard let chunks = chunks.baseAddress else { return }
      jobs.withUnsafeBufferPointer { jobs in
        guard let jobs = jobs.baseAddress else { return }
        pool.parallelFor(blocks: blocks.count) { block in
          for index in blocks[block] {
            let chunk = chunks[index]
            let column = matrix.columns.base + jobs[chunk.job].feature * matrix.columnStride
            chunks[index].leftCount = divide(
              rows + chunk.start, chunk.count, column, goesLeft.base + chunk.job * 256,
              into: spare + chunk.start)
          }
        }
      }
    }
    var leftCounts = [Int](repeating: 0, count: jobs.count)
    for chunk in chunks { leftCounts[chunk.job] += chunk.leftCount }
    var leftPlaces = jobs.map(\.start)
    var rightPlaces = jobs.indices.map { jobs[$0].start + leftCounts[$0] }
    for index in chunks.indices {
      let chunk = chunks[index]
      chunks[index].leftPlace = leftPlaces[chunk.job]
      chunks[index].rightPlace = rightPlaces[chunk.job]
      leftPlaces[chunk.job] += chunk.leftCount
      rightPlaces[chunk.job] += chunk.count - chunk.leftCount
    }
    chunks.withUnsafeBufferPointer { chunks in
      guard let chunks = chunks.baseAddress else { return }
      pool.parallelFor(blocks: blocks.count) { block in
        for index in blocks[block] {
          let chunk = chunks[index]
          (rows + chunk.leftPlace).update(from: spare + chunk.start, count: chunk.leftCount)
          let end = spare + (chunk.start + chunk.count - 1)
          let target = rows + chunk.rightPlace
          for i in 0..<(chunk.count - chunk.leftCount) { target[i] = end[-i] }
        }
      }
    }
    return leftCounts
  }

  /// - Returns: how many rows went left.
  @inline(__always)
  private static func divide(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ column: UnsafePointer<UInt8>,
    _ goesLeft: UnsafePointer<UInt8>, into spare: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var left = 0
    for i in 0..<count {
      let row = rows[i]
      let isLeft = Int(goesLeft[Int(column[Int(row)])])
      // The place after the last left row, and the one before the last right row: the row is
      // written to both, and stays in one of them.
      spare[left] = row
      spare[count &- 1 &- (i &- left)] = row
      left = left &+ isLeft
    }
    return left
  }
}
