import Support

/// Files with one secret each.
enum SecretPositives {
  static let all: [SecretCase] = {
    var random = SeededRandom(seed: 1)
    var cases: [SecretCase] = []
    for kind in SecretKind.all {
      for form in forms {
        // Every kind in most forms, so that none is tested with one of them only.
        guard random.chance(4, of: 5) else { continue }
        let name = random.pick(kind.names)
        let secret = kind.make(&random)
        let (path, text) = form(name, secret, &random)
        cases.append(SecretCase(path: path, text: text, secret: secret, kind: name))
      }
    }
    for _ in 0..<8 {
      for form in SecretShapes.all {
        let (path, text, secret) = form(&random)
        cases.append(SecretCase(path: path, text: text, secret: secret, kind: path))
      }
    }
    return cases
  }()

  private typealias Form =
    @Sendable (String, String, inout SeededRandom) -> (path: String, text: String)

  private static let forms: [Form] = [
    { name, secret, random in
      (
        "src/\(random.pick(["client", "settings", "load"])).py",
        """
        import os
        import requests

        \(random.pick(["", "# set for the demo\n"]))\(name) = "\(secret)"
        TIMEOUT = 30

        def fetch(url):
            return requests.get(url, headers={"X-Key": \(name)}, timeout=TIMEOUT)

        """
      )
    },
    { name, secret, random in
      (
        "train.py",
        """
        from project import connect

        def main():
            client = connect(
                host="db.internal",
                \(name.lowercased())='\(secret)',
                retries=\(random.number(1...9)),
            )
            return client.run(seed=7)

        """
      )
    },
    { name, secret, random in
      (
        "scripts/setup.py",
        """
        import os
        os.environ["\(name.uppercased())"] = "\(secret)"
        os.environ.setdefault("SEED", "\(random.number(1...99))")

        """
      )
    },
    { name, secret, _ in
      (
        "config/service.yml",
        """
        service:
          host: api.internal
          port: 8443
          \(name.lowercased()): \(secret)
          retries: 3

        """
      )
    },
    { name, secret, random in
      (
        random.pick([".env", "deploy/.env.production", ".env.local"]),
        "DEBUG=0\n\(name.uppercased())=\(secret)\nPORT=8000\n"
      )
    },
    { name, secret, _ in
      (
        "settings.json",
        "{\n  \"host\": \"api.internal\",\n  \"\(name)\": \"\(secret)\",\n  \"retries\": 3\n}\n"
      )
    },
    { name, secret, random in
      (
        "notebooks/01-explore.ipynb",
        """
        {"cells": [{"cell_type": "code", "execution_count": \(random.number(1...40)), "id": "\(random.text(8, SecretLetters.hex))",
         "metadata": {}, "outputs": [], "source": ["import os\\n", "\(name) = \\"\(secret)\\"\\n", "df = load(\(name))"]}],
         "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """
      )
    },
    { name, secret, _ in
      (
        "notebooks/02-run.ipynb",
        """
        {"cells": [{"cell_type": "code", "execution_count": 3, "id": "c0ffee01", "metadata": {},
         "outputs": [{"name": "stdout", "output_type": "stream", "text": ["{'\(name.uppercased())': '\(secret)', 'HOME': '/root'}\\n"]}],
         "source": ["print(dict(os.environ))"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """
      )
    },
    { name, secret, _ in
      (
        "pyproject.toml",
        "[tool.upload]\nurl = \"https://up.internal\"\n\(name.lowercased()) = \"\(secret)\"\n"
      )
    },
    { name, secret, _ in
      (
        "run.sh",
        "#!/bin/bash\nset -e\nexport \(name.uppercased())=\"\(secret)\"\npython train.py --epochs 3\n"
      )
    },
    { name, secret, random in
      (
        "Dockerfile",
        "FROM python:3.11-slim\nENV \(name.uppercased())\(random.pick(["=", " "]))\(secret)\nRUN pip install .\n"
      )
    },
    { name, secret, _ in
      (
        "infra/main.tf",
        """
        resource "service" "api" {
          region = "ap-northeast-2"
          \(name.lowercased())  = "\(secret)"
        }

        """
      )
    },
  ]
}
