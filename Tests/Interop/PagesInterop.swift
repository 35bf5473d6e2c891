import Dispatch
import Formats
import Platform
import Records
import Server
import Support
import SystemPackage
import Testing

/// The pages in a real browser: Debian's chromium without a window, driven by selenium, looked at by axe-core.
@Suite("Interop.Pages") struct PagesInterop {
  @Test(
    "in a browser no page overflows, complains in the console, or breaks a rule of accessibility")
  func browser() async throws {
    let folder = try TemporaryFolder()
    let store = try RecordStore(in: folder.path.appending("records"))
    let addresses = try PagesWorld.fill(store)
    let server = try TrackingServer(
      store: store, on: .init(host: "127.0.0.1", port: 0), logger: ServerLog.logger())
    let result = try await withThrowingTaskGroup(of: Void.self) { group in
      let (ports, port) = AsyncStream.makeStream(of: Int.self)
      group.addTask { try await server.run { port.yield($0) } }
      var bound: Int?
      for await number in ports {
        bound = number
        break
      }
      let base = "http://127.0.0.1:\(try #require(bound))"
      let lines = ([base] + addresses).joined(separator: "\n")
      try folder.write(lines, to: "addresses")
      let result = try await PagesInterop.look(in: folder)
      await server.stop()
      try await group.waitForAll()
      return result
    }
    #expect(result["visits"]?.int == Int64(addresses.count * 4))
    #expect(result["problems"]?.array == [])
    #expect(result["live"]?.string == "ok")
  }

  /// The browser is waited for on a thread of its own: the server that it asks runs on the others.
  private static func look(in folder: TemporaryFolder) async throws -> JSONValue {
    try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async {
        done.resume(with: Result { try Peer.run(script, in: folder) })
      }
    }
  }

  /// Each page at three widths, in both languages, light and dark; the keys of the table and the hovering of a chart once.
  private static let script = #"""
    import json
    import axe_core_python
    from pathlib import Path
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    axe = Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
    base, *addresses = Path(folder, "addresses").read_text().split("\n")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    browser.set_script_timeout(240)
    problems, visits = [], 0

    def look(address, width, dark, language, deeply):
        global visits
        visits += 1
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        browser.get(base + address + ("&" if "?" in address else "?") + "lang=" + language)
        name = f"{address} at {width} px, {'dark' if dark else 'light'}, {language}"
        wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            problems.append(f"{name}: {wide} px too wide")
        for entry in browser.get_log("browser"):
            problems.append(f"{name}: {entry['message']}")
        if deeply:
            browser.execute_script(axe)
            found = browser.execute_async_script("axe.run().then(arguments[0])")
            for rule in found["violations"]:
                problems.append(f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}")

    try:
        for address in addresses:
            look(address, 1280, False, "en", True)
            look(address, 390, True, "ko", True)
            look(address, 390, False, "en", False)
            look(address, 2560, False, "ko", False)
        browser.get(base + addresses[1] + "?lang=en")
        press = lambda *keys: browser.switch_to.active_element.send_keys(*keys)
        press("j"), press("j"), press("x"), press("k"), press("x"), press("c")
        WebDriverWait(browser, 60).until(lambda _: "/compare?run=" in browser.current_url)
        live = "ok" if browser.find_element("css selector", "h1").text == "2 runs compared" else "not compared"
        browser.execute_script("""
            const svg = document.querySelector('svg.curves'), box = svg.getBoundingClientRect();
            svg.dispatchEvent(new PointerEvent('pointermove', {clientX: box.x + box.width / 2, bubbles: true}))""")
        if not browser.find_element("css selector", ".hint-box").text:
            live = "nothing under the pointer"
    finally:
        browser.quit()
    Path(folder, "result.json").write_text(json.dumps({"problems": problems, "visits": visits, "live": live}))
    """#
}
