import Support

/// Secrets that have a form of their own rather than a name.
enum SecretShapes {
  typealias Shape = @Sendable (inout SeededRandom) -> (path: String, text: String, secret: String)

  static let all: [Shape] = [
    { random in
      let lines = (0..<12).map { _ in random.text(64, SecretLetters.base64) }
      let kind = random.pick(["RSA ", "EC ", "", "OPENSSH ", "DSA ", "ENCRYPTED "])
      let text =
        "-----BEGIN \(kind)PRIVATE KEY-----\n" + lines.joined(separator: "\n")
        + "\n-----END \(kind)PRIVATE KEY-----\n"
      return ("keys/deploy.pem", text, lines[0])
    },
    { random in
      let lines = (0..<5).map { _ in random.text(64, SecretLetters.base64) }
      let key = lines.joined(separator: "\\n")
      return (
        "service-account.json",
        """
        {"type": "service_account", "project_id": "prod", "private_key_id": "\(random.text(40, SecretLetters.hex))",
         "private_key": "-----BEGIN PRIVATE KEY-----\\n\(key)\\n-----END PRIVATE KEY-----\\n"}
        """, lines[0]
      )
    },
    { random in
      let password = random.text(12)
      let scheme = random.pick(["postgresql", "mysql+pymysql", "mongodb+srv", "amqp", "rediss"])
      return (
        "app/db.py", "URL = \"\(scheme)://svc:\(password)@db-1.internal:5432/runs?ssl=1\"\n",
        password
      )
    },
    { random in
      let password = random.text(9) + "." + random.text(4, SecretLetters.digits)
      return (
        ".env", "MLFLOW_TRACKING_URI=https://ci:\(password)@mlflow.internal/\nSEED=3\n", password
      )
    },
    { random in
      let token = random.text(40, SecretLetters.hex)
      return (
        "requirements.txt", "numpy==2.1.0\ngit+https://oauth2:\(token)@git.internal/team/lib.git\n",
        token
      )
    },
    { random in
      let token =
        random.text(36, SecretLetters.letters) + random.text(4, SecretLetters.digits) + "=="
      return (
        "call.sh", "curl -s -H 'Authorization: Basic \(token)' https://api.internal/v1/runs\n",
        token
      )
    },
    { random in
      let token = random.text(30) + "3" + random.text(12)
      return (
        "call.py", "r = get(url, headers={\"Authorization\": \"Bearer \(token)\"})\n", token
      )
    },
    { random in
      let password = random.text(6) + "4!" + random.text(5)
      return (
        "deploy.sh", "set -x\ncurl -u deploy:\(password) -T model.onnx https://up.internal/\n",
        password
      )
    },
    { random in
      let token = random.text(40, SecretLetters.hex)
      return (".netrc", "machine api.wandb.ai\n  login user\n  password \(token)\n", token)
    },
    { random in
      let token = random.text(36, SecretLetters.hex)
      return (
        ".npmrc", "registry=https://npm.internal/\n//npm.internal/:_authToken=\(token)\n", token
      )
    },
    { random in
      let auth = random.text(38) + "=="
      return ("docker/config.json", "{\"auths\": {\"ghcr.io\": {\"auth\": \"\(auth)\"}}}\n", auth)
    },
    { random in
      let key = random.text(32, SecretLetters.hex)
      return ("kaggle.json", "{\"username\":\"kim\",\"key\":\"\(key)\"}\n", key)
    },
    { random in
      let key = random.text(86, SecretLetters.base64) + "=="
      return (
        "conf.py",
        "CONN = 'DefaultEndpointsProtocol=https;AccountName=st1;AccountKey=\(key);EndpointSuffix=core.windows.net'\n",
        key
      )
    },
    { random in
      let key = random.text(40, SecretLetters.hex)
      return (
        "train.py", "import wandb\nwandb.login(key=\"\(key)\")\nwandb.init(project=\"x\")\n", key
      )
    },
    { random in
      let key = random.text(28)
      return (
        "app.py", "import os\nKEY = os.getenv(\"SERVICE_API_KEY\", \"\(key)\")\n", key
      )
    },
  ]
}
