extension KernelLauncher {
  /// Python source of the fork-server. Its words: the folder of its socket, and the seconds without work after which it
  /// ends. When it listens it writes a line to standard output.
  static let forkServer = #"""
    import gc
    import json
    import os
    import select
    import shutil
    import signal
    import socket

    # What a kernel imports when it starts and at its first error; nothing of a user's.
    MODULES = """
    IPython.core.completerlib IPython.core.debugger IPython.core.logger IPython.core.oinspect
    IPython.extensions.storemagic IPython.utils.wildcard asyncio faulthandler pdb
    pygments.formatters.terminal256 sqlite3 stack_data tornado.platform.asyncio unicodedata
    """.split()


    def preload():
        application = load()
        for name in MODULES:
            try:
                __import__(name)
            except Exception:
                pass
        return application


    def receive_line(connection):
        text = b""
        while not text.endswith(b"\n"):
            piece = connection.recv(65536)
            if not piece:
                return None
            text += piece
        return json.loads(text)


    def serve(folder, idle):
        """Gives the request of a kernel, in that kernel's process, or None at the end."""
        path = os.path.join(folder, "socket")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(path)
        listener.listen(64)
        own = os.stat(path).st_ino
        os.write(1, b"listening\n")
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        gc.collect()
        gc.freeze()
        waited = 0
        while waited < idle:
            step = min(30, idle - waited)
            if not select.select([listener], [], [], step)[0]:
                waited += step
                try:
                    if os.stat(path).st_ino == own:
                        continue
                except OSError:
                    pass
                return None
            waited = 0
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                request = keep(connection)
                if request is not None:
                    return request
                os._exit(0)
            connection.close()
        # First nobody finds it any more, then nobody who found it waits in vain.
        os.unlink(path)
        listener.setblocking(False)
        try:
            connection, _ = listener.accept()
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            return None
        return keep(connection) if os.fork() == 0 else None


    def keep(connection):
        """Forks a kernel and waits for it; gives the request in the kernel."""
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.settimeout(60)
        request = receive_line(connection)
        if request is None:
            return None
        connection.settimeout(None)
        keeper = os.getpid()
        pid = os.fork()
        if pid == 0:
            os.setsid()
            connection.close()
            request["keeper"] = keeper
            return request
        try:
            connection.sendall(json.dumps({"pid": pid}).encode() + b"\n")
            # The other side sees the kernel's end by itself, kills what is left of the group, and then asks. Until it is
            # answered the number stays taken. When the other side goes without a word, so does the kernel.
            connection.recv(1)
        except OSError:
            pass
        try:
            os.killpg(pid, signal.SIGKILL)
        except OSError:
            # It was forked a moment ago and has no group of its own yet.
            os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        try:
            os.killpg(pid, signal.SIGKILL)
        except OSError:
            pass
        end = {
            "status": status,
            "memory": usage.ru_maxrss * 1024,
            "cpu": usage.ru_utime + usage.ru_stime,
        }
        try:
            connection.sendall(json.dumps(end).encode() + b"\n")
            # The folder is theirs, unless they are gone.
            if connection.recv(1):
                os._exit(0)
        except OSError:
            pass
        shutil.rmtree(request["folder"], ignore_errors=True)
        os._exit(0)


    def run(application, request):
        """Becomes the kernel of a request."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        output = os.open(request["output"], os.O_WRONLY)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.closerange(3, 256)
        os.umask(request["umask"])
        os.environ.clear()
        os.environ.update(request["variables"])
        os.environ["JPY_PARENT_PID"] = str(request["keeper"])
        try:
            os.chdir(request["directory"])
        except OSError as error:
            os.write(2, str(error).encode())
            os._exit(1)
        sys.argv[1:] = request["words"]
        # The variable was read when the module was loaded.
        application.launch_instance(request["words"], parent_handle=request["keeper"])


    def main():
        application = preload()
        request = serve(sys.argv[1], float(sys.argv[2]))
        return (application, request) if request is not None else None


    kernel = main()
    if kernel is not None:
        run(*kernel)
    """#
}
