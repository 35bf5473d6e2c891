/// A kernel's process, however it was started.
///
/// The process leads a session and a group of its own, whose number is its own. The number stays taken until ``reap()``.
protocol KernelProcess: AnyObject {
  var pid: Int32 { get }
  /// Readable from when the process has ended.
  var endDescriptor: Int32 { get }
  /// What the process and its children write to standard output and error: a pipe that does not block.
  var output: Int32 { get }
  /// Whether it was there before, and only had to fork.
  var isWarm: Bool { get }

  /// Kills what is left of the group and says how the kernel ended. To be called once.
  func reap() -> KernelEnd
}
