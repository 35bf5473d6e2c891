import Dispatch
import Formats
import Platform
import Records
import Server
import Support
import SystemPackage
import Testing

/// A server with records of its own, and Debian's chromium without a window, driven by a script in the peers' Python.
struct PagesBrowser {
  let folder: TemporaryFolder
  let store: RecordStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RecordStore(in: folder.path.appending("records"))
  }

  /// Runs a script with `base`, `addresses`, `records`, `browser` and `press` defined, while the server runs.
  ///
  /// - Returns: what the script has put into `result.json`.
  func look(_ script: String, at addresses: [String]) async throws -> JSONValue {
    let server = try TrackingServer(
      store: store, on: .init(host: "127.0.0.1", port: 0), logger: ServerLog.logger())
    return try await withThrowingTaskGroup(of: Void.self) { group in
      let (ports, port) = AsyncStream.makeStream(of: Int.self)
      group.addTask { try await server.run { port.yield($0) } }
      var bound: Int?
      for await number in ports {
        bound = number
        break
      }
      let base = "http://127.0.0.1:\(try #require(bound))"
      try folder.write(([base] + addresses).joined(separator: "\n"), to: "addresses")
      let result = try await run(PagesBrowser.prologue + script)
      await server.stop()
      try await group.waitForAll()
      return result
    }
  }

  /// The browser is waited for on a thread of its own: the server that it asks runs on the others.
  private func run(_ script: String) async throws -> JSONValue {
    let folder = folder
    return try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async {
        done.resume(with: Result { try Peer.run(script, in: folder) })
      }
    }
  }

  static let prologue = #"""
    import json
    from pathlib import Path
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    base, *addresses = Path(folder, "addresses").read_text().split("\n")
    records = Path(folder, "records")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    browser.set_script_timeout(240)
    press = lambda *keys: browser.switch_to.active_element.send_keys(*keys)
    steps = []

    def wait(name, question):
        """Until a script answers with something true; then the step is done."""
        WebDriverWait(browser, 60, poll_frequency=0.1).until(
            lambda _: browser.execute_script("return " + question), "waiting: " + name)
        steps.append(name)

    def click(selector):
        browser.find_element("css selector", selector).click()

    """#
}
