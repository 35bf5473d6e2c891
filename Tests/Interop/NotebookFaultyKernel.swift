/// A small kernel over the peers' `pyzmq` that does what kernels should not.
enum NotebookFaultyKernel {
  /// How it may be started; `ok` keeps to the protocol until a cell says otherwise.
  static let modes = ["ok", "die", "silent", "badly-signed", "garbage", "stubborn", "tcp-only"]

  /// Its Python source; the words are the mode and the connection file.
  static let script = #"""
    import datetime, hashlib, hmac, json, os, signal, sys, threading, time, uuid

    mode, connection = sys.argv[1:]
    if mode == "die":
        print("cannot find my library", file=sys.stderr)
        sys.exit(4)
    if mode == "silent":
        time.sleep(1000)
    import zmq

    info = json.load(open(connection))
    if mode == "tcp-only" and info["transport"] != "tcp":
        sys.exit("no such transport")
    key = b"another" if mode == "badly-signed" else info["key"].encode()
    context = zmq.Context()
    sockets = {}
    kinds = {"shell": zmq.ROUTER, "control": zmq.ROUTER, "stdin": zmq.ROUTER, "iopub": zmq.PUB, "hb": zmq.REP}
    for name, kind in kinds.items():
        sockets[name] = context.socket(kind)
        sockets[name].linger = 200
        joint = "-" if info["transport"] == "ipc" else ":"
        sockets[name].bind(f"{info['transport']}://{info['ip']}{joint}{info[name + '_port']}")


    def frames(kind, content, parent, ids):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "k", "session": "s", "date": now, "version": "5.3"}
        parts = [json.dumps(part).encode() for part in (header, parent, {}, content)]
        code = hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode()
        return ids + [b"<IDS|MSG>", code] + parts


    def publish(kind, content, parent):
        sockets["iopub"].send_multipart(frames(kind, content, parent, [kind.encode()]))


    def text(value, parent):
        publish("stream", {"name": "stdout", "text": value}, parent)


    is_interrupted = False


    def interrupted(*_):
        global is_interrupted
        is_interrupted = True


    signal.signal(signal.SIGINT, signal.SIG_IGN if mode == "stubborn" else interrupted)
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    GARBAGE = [
        [b"x"], [b"<IDS|MSG>"], [b"t", b"<IDS|MSG>", b"sig", b"{", b"{}", b"{}", b"{}"], [b"", b""],
        [b"t", b"<IDS|MSG>"] + [b"\xff\xfe"] * 6,
    ]


    def run(code, reply, parent, ids):
        """Does what a cell says; gives whether the reply is still to be sent."""
        if code == "kill": os.kill(os.getpid(), signal.SIGKILL)
        if code == "crash": os.kill(os.getpid(), signal.SIGSEGV)
        if code == "exit": os._exit(3)
        if code == "children":
            if os.fork() == 0: time.sleep(1000)
            if os.fork() == 0:
                os.setsid()
                os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(1000)"])
        while code == "hang" and not is_interrupted: time.sleep(0.02)
        while code == "forever" and not is_interrupted: text("x" * 1000 + "\n", parent)
        if code == "input":
            sockets["stdin"].send_multipart(frames("input_request", {"prompt": "?", "password": False}, parent, ids))
            answer = sockets["stdin"].recv_multipart()
            text(repr(json.loads(answer[answer.index(b"<IDS|MSG>") + 5])["value"]) + "\n", parent)
        if code == "reply first":
            sockets["shell"].send_multipart(frames("execute_reply", reply, parent, ids))
            time.sleep(0.2)
            text("late\n", parent)
            return False
        if code == "idle first":
            publish("status", {"execution_state": "idle"}, parent)
            time.sleep(0.1)
        if code == "afterwards":
            threading.Timer(0.2, lambda: text("from before\n", parent)).start()
        if code == "slow": time.sleep(0.6)
        return True


    count = 0
    poller = zmq.Poller()
    for name in ("shell", "control"): poller.register(sockets[name], zmq.POLLIN)
    while True:
        for socket, _ in poller.poll():
            received = socket.recv_multipart()
            start = received.index(b"<IDS|MSG>")
            ids, parent, content = received[:start], json.loads(received[start + 2]), json.loads(received[start + 5])
            kind = parent["msg_type"]
            if mode == "garbage":
                for garbage in GARBAGE:
                    sockets["iopub"].send_multipart(garbage)
                    socket.send_multipart(ids + garbage)
            publish("status", {"execution_state": "busy"}, parent)
            if kind == "kernel_info_request":
                about = {"status": "ok", "protocol_version": "5.3", "implementation": "faulty", "language_info": {"name": "x"}}
                socket.send_multipart(frames("kernel_info_reply", about, parent, ids))
            elif kind == "shutdown_request" and mode != "stubborn":
                sys.exit(0)
            elif kind == "execute_request":
                count += 1
                code = content["code"]
                publish("execute_input", {"execution_count": count, "code": code}, parent)
                text(code + "\n", parent)
                reply = {"status": "ok", "execution_count": count, "payload": [], "user_expressions": {}}
                if run(code, reply, parent, ids):
                    if is_interrupted:
                        error = {"ename": "Interrupted", "evalue": "", "traceback": ["Interrupted"]}
                        publish("error", error, parent)
                        reply = {"status": "error", "execution_count": count, **error}
                        is_interrupted = False
                    socket.send_multipart(frames("execute_reply", reply, parent, ids))
                if code == "idle first": continue
            publish("status", {"execution_state": "idle"}, parent)
    """#
}
