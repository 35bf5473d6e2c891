/// What is done in the browser, step by step.
enum PagesScripts {
  static let liveSteps = [
    "runs", "first value", "curve", "line", "bar", "bar done", "third point", "end", "files",
    "same page",
  ]

  /// A run that is logged to through the API, and whose log grows in its file, while its page is open.
  static let live = #"""
    import urllib.request

    def api(path, **fields):
        request = urllib.request.Request(f"{base}/api/2.0/mlflow/{path}", json.dumps(fields).encode(),
                                         {"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request))

    def metric(step, value):
        api("runs/log-metric", run_id=run, key="loss", value=value, timestamp=1790000000000 + step, step=step)

    def log(text):
        with open(logs / "stdout.txt", "a", newline="") as file:
            file.write(text)

    try:
        run = api("runs/create", experiment_id="0", run_name="live", start_time=1790000000000)["run"]["info"]["run_id"]
        logs = records / "artifacts" / "0" / run / "artifacts" / "logs"
        logs.mkdir(parents=True)
        browser.get(f"{base}/runs/{run}?lang=en")
        browser.execute_script("window.sameWindow = true")
        wait("runs", "document.querySelector('#status').textContent.includes('Running')")
        metric(0, 0.5)
        wait("first value", "document.querySelector('tr[data-metric=loss] td')?.textContent === '0.5'")
        metric(1, 0.25)
        wait("curve", "document.querySelector('figure svg path.curve')?.dataset.y === '0.5 0.25'")
        log("first line\n")
        wait("line", "document.querySelector('.log pre').textContent === 'first line\\n'")
        log("\r 50%")
        wait("bar", "document.querySelector('.log pre').textContent === 'first line\\n 50%\\n'")
        log("\r100%\n")
        wait("bar done", "document.querySelector('.log pre').textContent === 'first line\\n100%\\n'")
        metric(2, 0.125)
        wait("third point", "document.querySelector('figure svg path.curve')?.dataset.y === '0.5 0.25 0.125'")
        (logs.parent / "notes.txt").write_text("left")
        api("runs/update", run_id=run, status="FINISHED", end_time=1790000012000)
        wait("end", "document.querySelector('#status').textContent.includes('Finished')")
        wait("files", "document.querySelector('#artifacts .tree')?.textContent.includes('notes.txt')")
        wait("same page", "window.sameWindow === true")
        problems = [entry["message"] for entry in browser.get_log("browser")]
    finally:
        browser.quit()
    Path(folder, "result.json").write_text(json.dumps({"steps": steps, "problems": problems}))
    """#

  static let changingSteps = [
    "renamed", "described", "tagged", "untagged", "deleted", "restored", "columns", "remembered",
    "two gone", "among the deleted", "experiment renamed",
  ]

  /// What a person changes on pages; the first address is a table of runs, the second a run.
  static let changing = #"""
    def text(selector, wanted):
        return f"document.querySelector({json.dumps(selector)})?.textContent.trim() === {json.dumps(wanted)}"

    try:
        table, run = addresses[1], addresses[2]
        browser.get(f"{base}{run}?lang=en")
        press("e")
        press(Keys.CONTROL, "a", Keys.NULL)
        press("renamed by hand", Keys.TAB, "why it was run", Keys.TAB, Keys.ENTER)
        wait("renamed", text("h1", "renamed by hand"))
        wait("described", text(".said", "why it was run"))
        field = browser.find_element("css selector", ".add-tag input[name=key]")
        field.send_keys("colour", Keys.TAB, "deep blue", Keys.ENTER)
        wait("tagged", text("#tags .tags dd", "deep blue"))
        click("#tags .drop")
        wait("untagged", "location.hash === '#tags' && !document.querySelector('#tags .tags')")
        browser.execute_script("scrollTo(0, 0)")
        press("e")
        click("details.edit .danger")
        wait("deleted", text(".notice strong", "Deleted"))
        click(".notice button")
        wait("restored", "document.readyState === 'complete' && !document.querySelector('.notice')")
        browser.get(f"{base}{table}?lang=en")
        click("details.columns summary")
        for box in browser.find_elements("css selector", "details.columns input[type=checkbox]"):
            if box.is_selected() != (box.get_attribute("value") in ["params.eta", "user_id"]):
                box.click()
        click("details.columns button")
        columns = "[...document.querySelectorAll('.runs thead tr:last-child th')].map(one => one.textContent)"
        shown = f"JSON.stringify({columns}) === JSON.stringify(['Select', 'Status', 'Name', 'User', 'eta'])"
        wait("columns", "location.search.includes('params.eta') && " + shown)
        browser.get(f"{base}{table}")
        wait("remembered", "location.search === '' && " + shown)
        press("j"), press("x"), press("j"), press("x")
        click("button[formaction='/runs/delete']")
        wait("two gone", "document.querySelectorAll('.runs tbody tr').length === 3")
        browser.get(f"{base}{table}?view=deleted")
        wait("among the deleted", "document.querySelectorAll('.runs tbody tr').length === 2")
        press("e")
        press(Keys.CONTROL, "a", Keys.NULL)
        press("another name", Keys.ENTER)
        wait("experiment renamed", text("h1", "another name"))
        problems = [entry["message"] for entry in browser.get_log("browser")]
    finally:
        browser.quit()
    Path(folder, "result.json").write_text(json.dumps({"steps": steps, "problems": problems}))
    """#
}
