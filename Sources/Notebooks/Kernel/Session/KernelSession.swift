import Formats
import Glibc
import Platform
import SystemPackage

/// A kernel that runs, and all that belongs to it: process, sockets, folder, outputs.
///
/// Everything happens on the thread that made it, which blocks while there is nothing to do. Cancellation comes from outside
/// through a descriptor that becomes readable.
final class KernelSession {
  let spec: KernelSpec
  let options: KernelOptions
  /// Nil until the kernel has said it.
  var info: KernelInfo?
  var outputs: OutputAssembler
  /// The cell that each of our requests belongs to.
  var cells: [String: Int] = [:]
  let listener: any KernelListener
  let process: any KernelProcess
  let sockets: KernelSockets
  /// An eventfd that becomes readable when the task is cancelled.
  let alarm: Int32
  private(set) var isCancelled = false
  /// Something that is to be done at a time, while there is nothing else; forgotten when it is.
  var plannedWork: (at: ContinuousClock.Instant, body: () -> Void)?
  /// How the kernel ended; nil while it lives.
  private(set) var end: KernelEnd?

  /// Whether this is IPython's kernel as it comes, of which we know what it can do.
  let isStock: Bool
  private let folder: TemporaryDirectory
  private let connection: KernelConnection
  private var log = KernelPipe()
  private var isLogOpen = true
  private let mark: String

  /// The variable by which what a kernel starts is known to be its own.
  static let markVariable = "REPRISE_KERNEL"
  private static let folderPrefix = "reprise-kernel-"

  /// Starts a kernel's process and connects to it. See ``waitUntilReady()`` for the rest.
  ///
  /// - Throws: ``Failure`` when the process cannot be started.
  init(
    _ spec: KernelSpec, _ options: KernelOptions, transport: KernelConnection.Transport,
    alarm: Int32, listener: any KernelListener
  ) throws {
    self.spec = spec
    self.options = options
    self.alarm = alarm
    self.listener = listener
    outputs = OutputAssembler(limit: options.outputLimit)
    try ZMQ.start()
    folder = try Self.makeFolder(in: options.temporaryFolder)
    let session = hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    mark = session
    connection = try KernelConnection(transport, in: folder.path)
    try connection.write(kernel: spec.name, session: session)
    var variables = spec.variables(options.variables)
    variables[Self.markVariable] = mark
    let command = KernelCommand(
      words: try spec.command(connection: connection.file, variables: variables),
      variables: variables, directory: options.directory, folder: folder.path)
    isStock = command.stockIPython != nil
    process = try KernelStarter.start(command, options: options)
    do {
      sockets = try KernelSockets(connection, session: session)
    } catch {
      _ = process.reap()
      throw error
    }
  }

  /// A folder for this kernel alone, whose sockets have paths that are short enough.
  private static func makeFolder(in parent: FilePath?) throws -> TemporaryDirectory {
    // Those whose run and guardian were killed.
    TemporaryDirectory.removeAbandoned(prefix: folderPrefix, in: parent)
    let folder = try TemporaryDirectory(prefix: folderPrefix, in: parent)
    guard folder.path.string.utf8.count > 100 else { return folder }
    return try TemporaryDirectory(prefix: folderPrefix, in: "/tmp")
  }

  deinit { if end == nil { bury() } }

  /// Whether the kernel has opened its Unix sockets.
  var hasBound: Bool { FileSystem.exists(connection.socketFile) }

  /// The last lines that the process wrote on its own.
  var lastWords: String { log.tail() }

  /// Waits for what comes next, and takes in all of it that belongs to the session itself.
  ///
  /// - Parameters:
  ///   - deadline: until when; for ever when nil.
  ///   - body: gets every message on `iopub` and `shell`.
  /// - Returns: whether the kernel still lives.
  @discardableResult
  func step(
    until deadline: ContinuousClock.Instant?,
    _ body: (KernelConnection.Channel, WireMessage) throws -> Void
  ) throws -> Bool {
    guard end == nil else { return false }
    if let work = plannedWork, work.at <= .now {
      plannedWork = nil
      work.body()
    }
    let wake = [deadline, plannedWork?.at].compactMap { $0 }.min()
    let limit = wake.map { max(.zero, $0 - .now) }
    let ready = try sockets.wait(
      [process.endDescriptor, isCancelled ? -1 : alarm, isLogOpen ? process.output : -1],
      limit: limit)
    if ready.descriptors[2] { isLogOpen = log.read(process.output) }
    if ready.descriptors[1] { isCancelled = true }
    for channel in ready.channels { try take(channel, body) }
    guard ready.descriptors[0] else { return true }
    bury()
    // What it had sent before is on its way, or already here.
    try sockets.drain { try take(.iopub, body) }
    try take(.shell, body)
    return false
  }

  private func take(
    _ channel: KernelConnection.Channel,
    _ body: (KernelConnection.Channel, WireMessage) throws -> Void
  ) throws {
    // Not without end, so that the other descriptors are looked at too.
    for _ in 0..<256 {
      guard let message = try sockets.receive(channel) else { return }
      switch channel {
      case .stdin: try answer(message)
      case .iopub, .shell: try body(channel, message)
      case .control, .hb: break
      }
    }
  }

  /// Nobody is there to be asked: an empty answer.
  private func answer(_ message: WireMessage) throws {
    guard message.kind == .inputRequest else { return }
    listener.warned("the kernel asks for input, and nobody is there: it gets an empty line")
    try sockets.send(.inputReply, on: .stdin, parent: message.header, content: ["value": ""])
  }

  /// Tells the kernel to stop what it does.
  func interrupt() throws {
    guard end == nil else { return }
    switch spec.interruption {
    case .signal: kill(-process.pid, SIGINT)
    case .message: try sockets.send(.interruptRequest, on: .control)
    }
  }

  /// Ends the kernel: asked first, then told, then killed. Late outputs are taken in.
  func shutDown() {
    guard end == nil else { return }
    _ = try? sockets.send(.shutdownRequest, on: .control, content: ["restart": false])
    guard !hasEnded(within: options.patience) else { return }
    kill(-process.pid, SIGTERM)
    if !hasEnded(within: min(options.patience, .seconds(2))) { killNow() }
  }

  /// Kills the kernel, and takes in what it had sent.
  func killNow() {
    guard end == nil else { return }
    kill(-process.pid, SIGKILL)
    // A child that was forked a moment ago has no group of its own yet.
    kill(process.pid, SIGKILL)
    if !hasEnded(within: .seconds(10)) { bury() }
    end?.isOurs = true
  }

  private func hasEnded(within limit: Duration) -> Bool {
    let deadline = ContinuousClock.now + limit
    while end == nil, ContinuousClock.now < deadline {
      _ = try? step(until: deadline) { channel, message in
        if channel == .iopub { self.show(message) }
      }
    }
    return end != nil
  }

  /// Kills what is left of the kernel's group, and what of its children has left that.
  private func bury() {
    end = process.reap()
    if isLogOpen { isLogOpen = log.read(process.output) }
    ProcessSession.killAll(carrying: Self.markVariable, mark)
  }

  /// Takes the outputs of a message in, for the cell that it belongs to.
  func show(_ message: WireMessage) {
    guard let kind = message.kind, let content = try? message.parsedContent() else { return }
    show(kind, content, message)
  }

  func show(_ kind: MessageKind, _ content: NotebookJSON, _ message: WireMessage) {
    let events = outputs.receive(
      kind, content, size: message.content.count, buffers: message.buffers,
      request: message.parent, cell: message.parent.flatMap { cells[$0] })
    for event in events { listener.changed(event) }
  }
}
