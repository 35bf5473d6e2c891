/// What is done in the browser while the program runs, step by step.
enum PagesLiveScripts {
  static let manifest = "name: live\nentry_points:\n  main: {command: \"python3 train.py\"}\n"

  /// Four cells of code; each part waits for a file.
  static let train = #"""
    import os, sys, time
    import reprise

    def wait(name):
        while not os.path.exists(name):
            time.sleep(0.01)

    print("begun")
    # %% [markdown]
    # # Words above
    # %% Read
    wait("read")
    print("three rows")
    reprise.display({"text/html": "<table><tr><th>bill</th></tr><tr><td>39.1</td></tr></table>"
                     "<script>window.owned = 1</script><img src=x onerror='window.owned = 2'>"})
    # %% Train
    for row in range(500):
        print("row", row)
    wait("bar")
    print("\r 50%", end="", file=sys.stderr)
    wait("more")
    print("\r100%", file=sys.stderr)
    wait("rows")
    for row in range(500, 1000):
        print("row", row)
    reprise.display({"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="green"/></svg>',
                     "text/plain": "a green field"})
    wait("train")
    # %%
    print("last words")
    wait("end")

    """#

  /// The program's server and run, and how a page is looked at.
  static let prologue = #"""
    import os, re, signal, socket, subprocess
    import axe_core_python

    axe = Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
    program = Path(folder, "program").read_text()
    project = Path(folder, "project")
    problems, looks, children = [], 0, []
    variables = {"PATH": os.path.dirname(sys.executable) + ":/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8",
                 "CI": "1", "IPYTHONDIR": folder + "/ipython", "MPLCONFIGDIR": folder}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"

    def begin(*words, output):
        child = subprocess.Popen([program, *words], cwd=project, env=variables, stdin=subprocess.DEVNULL,
                                 stdout=output, stderr=subprocess.STDOUT)
        children.append(child)
        return child

    def serve():
        child = begin("server", "--port", str(port), output=subprocess.PIPE)
        line = child.stdout.readline()
        assert b"serving" in line, line
        return child

    def find_run():
        """The run that was begun last, once it has a document."""
        WebDriverWait(browser, 120, poll_frequency=0.05).until(
            lambda _: list(project.glob(".reprise/artifacts/0/*/artifacts/document/events.jsonl")))
        return next(project.glob(".reprise/artifacts/0/*/artifacts"))

    def release(name):
        (project / name).touch()

    def view(width, dark):
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def inspect(address, speak=None):
        """The page as it stands, narrow and broad, light and dark."""
        global looks
        for width in [390, 1100]:
            for dark in [False, True]:
                looks += 1
                view(width, dark)
                name = f"{re.sub('[0-9a-f]{32}', 'RUN', address.removeprefix(base))[-60:]} {speak} at {width} px, {'dark' if dark else 'light'}"
                wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    problems.append(f"{name}: {wide} px too wide")
                browser.execute_script(axe)
                found = browser.execute_async_script("axe.run().then(arguments[0])")
                for rule in found["violations"]:
                    problems.append(f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}")

    def text(selector):
        return f"(document.querySelector({json.dumps(selector)})?.textContent ?? '')"

    def finish(**more):
        for entry in browser.get_log("browser"):
            # What a browser says of a server that is not there is no complaint about the page.
            if "ERR_CONNECTION_REFUSED" not in entry["message"] and "ERR_INCOMPLETE_CHUNKED" not in entry["message"]:
                problems.append(entry["message"])
        Path(folder, "result.json").write_text(json.dumps({"steps": steps, "problems": problems, "looks": looks, **more}))

    def clean():
        browser.quit()
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            child.wait()

    """#

  static let followingSteps = [
    "first cell", "second cell runs", "third cell runs", "folded", "bar", "same focus", "grown",
    "picture", "last cell", "finished", "files", "same page", "harmless",
  ]

  /// Cells: 1 is the beginning, 2 the words, 3 reads, 4 trains, 5 ends.
  static let following = #"""
    try:
        serve()
        child = begin("run", ".", output=subprocess.DEVNULL)
        artifacts = find_run()
        address = f"{base}/runs/{artifacts.parent.name}"
        browser.get(address + "?lang=en")
        wait("first cell", text("#cell-1 .outputs") + " === 'begun\\n'")
        wait("second cell runs", "document.querySelector('.cell.running')?.id === 'cell-3'")
        release("read")
        wait("third cell runs", text("#cell-4.running .stand") + ".includes('Running') && "
             + text("#cell-3 .outputs") + ".includes('three rows')")
        for speak in ["ko", "en"]:
            browser.get(f"{address}?lang={speak}")
            inspect(address, speak)
        browser.execute_script("""
            window.sameWindow = true;
            window.said = [];
            for (const one of document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert]'))
                new MutationObserver(() => window.said.push(one.textContent.trim())).observe(
                    one, {childList: true, characterData: true, subtree: true});
            window.said.push(document.querySelector('#now [role=status]').textContent)""")
        wait("folded", text("#cell-4 .outputs") + ".match(/^row 0\\nrow 1\\n[^]*460 lines more[^]*row 498\\nrow 499\\n$/)")
        release("bar")
        wait("bar", text("#cell-4 .outputs .stderr") + " === ' 50%'")
        # Who reads with the keyboard keeps his place while more comes.
        browser.execute_script("document.querySelector('#cell-4 .part pre:last-child').focus()")
        browser.execute_script("window.focused = document.activeElement")
        release("more")
        wait("same focus", text("#cell-4 .outputs .stderr") + " === '100%\\n' && document.activeElement === window.focused "
             "&& window.focused.isConnected && window.focused.tagName === 'PRE'")
        release("rows")
        wait("grown", text("#cell-4 .outputs") + ".includes('row 999\\n')")
        wait("picture", "document.querySelector('#cell-4 img[alt=\"a green field\"]')?.naturalWidth === 40")
        release("train")
        wait("last cell", "document.querySelector('.cell.running')?.id === 'cell-5' && "
             + text("#cell-5 .outputs") + " === 'last words\\n'")
        release("end")
        wait("finished", text("#status") + ".includes('Finished') && !document.querySelector('.cell.running')")
        wait("files", "document.querySelector('#cells .over a[href$=\"report.html\"]') !== null && "
             "document.querySelector('#cells .over a[href$=\"out.ipynb\"]') !== null")
        wait("same page", "window.sameWindow === true")
        wait("harmless", "window.owned === undefined && !document.querySelector('#cells script, #cells [onerror]')")
        said = browser.execute_script("return window.said")
        inspect(address, "ended")
        browser.get(f"file://{artifacts}/document/report.html")
        for speak in ["en", "ko"]:
            browser.execute_script("document.documentElement.lang = arguments[0]", speak)
            inspect("report.html", speak)
        assert child.wait() == 0
        finish(said=said)
    finally:
        clean()
    """#

  static let breakingSteps = [
    "runs", "lost", "found again", "goes on", "killed", "why", "cell killed", "files", "same page",
    "written",
  ]

  static let breaking = #"""
    try:
        server = serve()
        child = begin("run", ".", output=subprocess.DEVNULL)
        artifacts = find_run()
        browser.get(f"{base}/runs/{artifacts.parent.name}?lang=en")
        browser.execute_script("window.sameWindow = true")
        wait("runs", "document.querySelector('.cell.running')?.id === 'cell-3'")
        server.kill()
        server.wait()
        wait("lost", text("#now") + ".includes('The connection is lost')")
        release("read")
        release("bar")
        serve()
        wait("found again", text("#now") + ".includes('Cell 3 of 4 is running.')")
        wait("goes on", text("#cell-4 .outputs .stderr") + " === ' 50%' && " + text("#cell-3 .outputs") + ".includes('three rows')")
        child.kill()
        child.wait()
        wait("killed", text("#status") + ".includes('Killed')")
        wait("why", text(".head") + ".includes('the program that recorded it was killed') && "
             + text("#now") + ".includes('It ended in cell 3 of 4.')")
        wait("cell killed", "document.querySelector('.cell.killed')?.id === 'cell-4' && !document.querySelector('.cell.running')")
        wait("files", "document.querySelector('#cells .over a[href$=\"report.html\"]') !== null")
        wait("same page", "window.sameWindow === true")
        document = artifacts / "document"
        notebook = json.loads((document / "out.ipynb").read_text())
        train = [cell for cell in notebook["cells"] if "Train" in cell["metadata"].get("name", "")][0]
        assert train["outputs"][-1]["evalue"] == "KILLED", train["outputs"]
        assert "row 499" in (document / "report.html").read_text()
        assert json.loads((document / "run.json").read_text())["status"] == "KILLED"
        steps.append("written")
        finish()
    finally:
        clean()
    """#

  /// The first has the parameters.
  static let notebook = [
    "k = 1",
    "import os, time\nfrom IPython.display import display, clear_output, HTML\ndef wait(name):\n    while not os.path.exists(name):\n        time.sleep(0.01)\nprint('ready')",
    "bar = display(HTML('<b>10 %</b>'), display_id=True)\nwait('half')\nbar.update(HTML('<b>50 %</b>'))\nwait('clear')\nclear_output()\nprint('all is gone')\nwait('end')",
    "1 / 0",
  ]

  static let notebookStepNames = ["bar", "replaced", "taken back", "failed", "same page"]

  static let notebookSteps = #"""
    try:
        serve()
        child = begin("run", ".", "-P", "k=2", output=subprocess.DEVNULL)
        artifacts = find_run()
        browser.get(f"{base}/runs/{artifacts.parent.name}?lang=en")
        browser.execute_script("window.sameWindow = true")
        # The cell of the parameters that were given is the second.
        wait("bar", text("#cell-4.running .outputs") + " === '10 %' && " + text("#cell-2 .source") + ".includes('k = 2')")
        release("half")
        wait("replaced", text("#cell-4 .outputs") + " === '50 %'")
        release("clear")
        wait("taken back", text("#cell-4 .outputs") + " === 'all is gone\\n'")
        release("end")
        wait("failed", text("#cell-5.failed .outputs") + ".includes('ZeroDivisionError') && "
             + text("#status") + ".includes('Failed')")
        wait("same page", "window.sameWindow === true")
        finish()
    finally:
        clean()
    """#
}
