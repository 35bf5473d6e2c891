/// Hears what a kernel shows while it runs, on the kernel's thread, in order.
protocol KernelListener {
  /// The outputs of a cell have changed.
  func changed(_ event: OutputAssembler.Event)
  /// Something is not as it should be; the run goes on.
  func warned(_ text: String)
}
