import Compute

/// Images that look a little different in each epoch.
struct ChangedImages: SampleSource {
  private let images: ImageSamples
  private let change: ImageChange

  init(_ images: ImageSamples, _ change: ImageChange) {
    self.images = images
    self.change = change
  }

  var shape: SampleShape { images.shape }
  var count: Int { images.count }

  func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?) {
    guard let epoch else { return images.write(sample, to: place, epoch: nil) }
    let placement = change.draw(epoch: epoch, sample: sample, shape)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: shape.count) { original in
      images.write(sample, to: original.baseAddress!, epoch: nil)
      if placement.zoom == 1, placement.sine == 0 {
        move(original.baseAddress!, placement, to: place)
      } else {
        blend(original.baseAddress!, placement, to: place)
      }
    }
  }

  /// What lies outside of an image is black.
  private func outside(_ channel: Int) -> Float { images.black[channel] }

  /// Whole points only.
  private func move(
    _ x: UnsafePointer<Float>, _ placement: ImageChange.Placement,
    to y: UnsafeMutablePointer<Float>
  ) {
    let (right, down) = (Int(placement.right), Int(placement.down))
    let channels = shape.channels
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        let from = (placement.isMirrored ? shape.width - 1 - column : column) - right
        let isInside =
          from >= 0 && from < shape.width && row >= down && row - down < shape.height
        for channel in 0..<channels {
          y[(row * shape.width + column) * channels + channel] =
            isInside
            ? x[((row - down) * shape.width + from) * channels + channel] : outside(channel)
        }
      }
    }
  }

  /// Each point out of the four that lie around where it comes from.
  private func blend(
    _ x: UnsafePointer<Float>, _ placement: ImageChange.Placement,
    to y: UnsafeMutablePointer<Float>
  ) {
    let (middleX, middleY) = (Double(shape.width - 1) / 2, Double(shape.height - 1) / 2)
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        let dx = (placement.isMirrored ? middleX - Double(column) : Double(column) - middleX)
        let dy = Double(row) - middleY
        let fromX =
          (dx * placement.cosine + dy * placement.sine) * placement.zoom + middleX
          - placement.right
        let fromY =
          (dy * placement.cosine - dx * placement.sine) * placement.zoom + middleY - placement.down
        let (left, top) = (fromX.rounded(.down), fromY.rounded(.down))
        for channel in 0..<shape.channels {
          let value = { (dx: Int, dy: Int) in
            point(x, Int(left) + dx, Int(top) + dy, channel)
          }
          let (a, b) = (Float(fromX - left), Float(fromY - top))
          let upper = value(0, 0) * (1 - a) + value(1, 0) * a
          let lower = value(0, 1) * (1 - a) + value(1, 1) * a
          y[(row * shape.width + column) * shape.channels + channel] = upper * (1 - b) + lower * b
        }
      }
    }
  }

  private func point(
    _ x: UnsafePointer<Float>, _ column: Int, _ row: Int, _ channel: Int
  ) -> Float {
    guard column >= 0, column < shape.width, row >= 0, row < shape.height else {
      return outside(channel)
    }
    return x[(row * shape.width + column) * shape.channels + channel]
  }
}
