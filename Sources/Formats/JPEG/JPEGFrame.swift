import Platform

/// What a JPEG file says of its picture (ITU-T T.81, section B.2.2).
struct JPEGFrame {
  struct Component {
    let id: UInt8
    /// Of its samples there are so many for each of the picture's smallest units, across and down.
    let across: Int
    let down: Int
    let quantization: Int
    /// Samples of the whole picture.
    let width: Int
    let height: Int
    /// Blocks of 8 x 8 that are kept: those of whole units.
    let blocksAcross: Int
    let blocksDown: Int
    /// Sixty-four for each block, row by row, in the order of frequencies' rows.
    var coefficients: [Int16]
    var isSeen = false
  }

  let isProgressive: Bool
  let width: Int
  let height: Int
  /// Units across and down.
  let unitsAcross: Int
  let unitsDown: Int
  var components: [Component]

  /// - Parameters:
  ///   - data: what stands behind the length.
  ///   - size: bytes of the whole file: each block takes a bit at least.
  init(
    _ data: ArraySlice<UInt8>, isProgressive: Bool, size: Int, limit: Int
  ) throws(ParseFailure) {
    let data = Array(data)
    guard data.count >= 6, data.count >= 6 + 3 * Int(data[5]) else {
      throw ParseFailure("the JPEG header is cut off")
    }
    guard data[0] == 8 else {
      throw ParseFailure("a JPEG picture of \(data[0]) bits for each sample is not read")
    }
    self.isProgressive = isProgressive
    let (height, width) = (Int(data[1]) << 8 | Int(data[2]), Int(data[3]) << 8 | Int(data[4]))
    guard width > 0, height > 0, (1...4).contains(data[5]) else {
      throw ParseFailure("a JPEG picture of \(width) x \(height) pixels in \(data[5]) colours")
    }
    guard width * height <= limit else {
      throw ParseFailure("the JPEG picture has more than \(limit) pixels")
    }
    let parts = (0..<Int(data[5])).map { place -> (UInt8, Int, Int, Int) in
      let start = 6 + 3 * place
      return (
        data[start], Int(data[start + 1] >> 4), Int(data[start + 1] & 15), Int(data[start + 2])
      )
    }
    guard parts.allSatisfy({ (1...4).contains($0.1) && (1...4).contains($0.2) && $0.3 < 4 }),
      let most = parts.map(\.1).max(), let deepest = parts.map(\.2).max()
    else { throw ParseFailure("the JPEG header makes no sense") }
    func parted(_ size: Int, by part: Int) -> Int { (size + part - 1) / part }
    unitsAcross = parted(width, by: 8 * most)
    unitsDown = parted(height, by: 8 * deepest)
    guard unitsAcross * unitsDown / 8 <= size else {
      throw ParseFailure("the JPEG picture is cut off")
    }
    (self.width, self.height) = (width, height)
    components = []
    for (id, across, down, quantization) in parts {
      let (blocksAcross, blocksDown) = (unitsAcross * across, unitsDown * down)
      components.append(
        Component(
          id: id, across: across, down: down, quantization: quantization,
          width: parted(width * across, by: most), height: parted(height * down, by: deepest),
          blocksAcross: blocksAcross, blocksDown: blocksDown,
          coefficients: [Int16](repeating: 0, count: blocksAcross * blocksDown * 64)))
    }
  }
}
