import Platform
import SystemPackage

/// Starts a kernel in the fastest way that makes no difference.
enum KernelStarter {
  /// A batch run does not belong into the history of what a person has typed; nbclient keeps it out too.
  private static let arguments = ["--HistoryManager.hist_file=:memory:"]

  /// - Throws: ``Failure`` when the program cannot be started.
  static func start(_ command: KernelCommand, options: KernelOptions) throws -> any KernelProcess {
    guard var stock = command.stockIPython else { return try SpawnedKernel(command) }
    stock.rest += arguments
    var command = command
    command.words = stock.interpreter + ["-m", "ipykernel_launcher"] + stock.rest
    if options.allowsWarm, isWarmSafe(options.variables),
      let folder = options.serverFolder ?? ForkServerFolder.find(options.variables)
    {
      let server = ForkServer(
        interpreter: stock.interpreter, variables: command.variables, in: folder,
        idle: options.serverIdle)
      if let kernel = ForkedKernel(command, server: server, within: options.startLimit) {
        return kernel
      }
    }
    let launcher = command.folder.appending("reprise-kernel.py")
    try FileSystem.write(KernelLauncher.cold, to: launcher, durable: false)
    command.words = stock.interpreter + [launcher.string] + stock.rest
    return try SpawnedKernel(command)
  }

  /// A server outlives the run. Where every job has to leave nothing behind, there is none.
  private static func isWarmSafe(_ variables: [String: String]) -> Bool {
    variables["CI"] == nil
  }
}
