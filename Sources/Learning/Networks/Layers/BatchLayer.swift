/// A layer that must see a whole batch before it can say anything of one sample.
protocol BatchLayer: Layer {
  /// Before all of a batch's ``Layer/forward(_:to:samples:_:)``.
  func gather(_ x: UnsafePointer<Float>, samples: Int, _ pass: Pass)

  /// Before all of a batch's ``Layer/backward(_:_:gradient:to:samples:block:_:)``; makes the gradients of its weights too.
  func gatherBack(_ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int)
}
