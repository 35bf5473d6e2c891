/// How IPython's stock kernel is started faster than by its own launcher.
///
/// A kernel spends half of its start on the import of a debugger, which a batch run never opens. It is made
/// unimportable while `ipykernel.debugger` looks for it, and can be imported as ever afterwards.
enum KernelLauncher {
  /// Python source that both launchers begin with.
  private static let withoutDebugger = #"""
    import sys

    # What a script's own folder gave; a kernel puts the working directory there.
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]


    def load():
        """Imports the kernel without its debugger, and gives what starts it."""
        import ipykernel_launcher

        if "debugpy" not in sys.modules:
            sys.modules["debugpy"] = None
        try:
            try:
                import ipykernel.debugger
            except ImportError:
                pass
        finally:
            if sys.modules.get("debugpy", 1) is None:
                del sys.modules["debugpy"]
        from ipykernel.kernelapp import IPKernelApp

        sys.argv[0] = ipykernel_launcher.__file__
        return IPKernelApp

    """#

  /// Starts one kernel, with the words behind the script's own name.
  static let cold = withoutDebugger + "\nload().launch_instance()\n"

  /// Loads the kernel once and forks it for everyone who asks; see ``ForkServer`` for what is spoken.
  ///
  /// One process for each kernel stays between the two: it waits for the kernel and is its parent, so that the kernel's
  /// end is told even when the server has been killed, and the kernel goes when the one who asked does. The server
  /// has one thread, and nothing of a user's is loaded in it.
  static let warm = withoutDebugger + forkServer
}
