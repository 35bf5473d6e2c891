import Support

/// Files in which nothing is secret, though much looks so.
enum SecretTraps {
  static let all: [SecretCase] = {
    var random = SeededRandom(seed: 2)
    var cases: [SecretCase] = []
    func add(_ kind: String, _ path: String, _ text: String) {
      cases.append(SecretCase(path: path, text: text + "\n", secret: nil, kind: kind))
    }
    for value in placeholders {
      for name in ["api_key", "DB_PASSWORD", "token"] {
        add("placeholder", "conf.py", "import os\n\(name) = \"\(value)\"\nprint(1)")
        add("placeholder", ".env.example", "DEBUG=1\n\(name.uppercased())=\(value)")
      }
      add("placeholder", "values.yaml", "service:\n  secret: \(value)\n  port: 80")
    }
    for line in code { add("code", "app.py", "import os\n\n\(line)") }
    for (path, text) in files { add("file", path, text) }
    for _ in 0..<14 {
      for made in generated {
        let (path, text) = made(&random)
        add("generated", path, text)
      }
    }
    return cases
  }()

  private static let placeholders = [
    "your-api-key", "YOUR_API_KEY_HERE", "xxxxxxxxxxxxxxxx", "<token>", "<your password here>",
    "changeme", "change-me-please1", "example-key-123456", "${TOKEN}", "${VAULT_SECRET_ID}",
    "{{ secrets.token }}", "{{ lookup('env', 'TOKEN') }}", "$(cat /run/secrets/key)",
    "%(password)s",
    "$API_TOKEN", "REPLACE_WITH_KEY_1", "insert-token-here-2", "dummy-key-0000001",
    "000000000000000",
    "****************", "sk-xxxxxxxxxxxxxxxxxxxxxxxx", "test", "password", "secret", "none", "",
    "AKIAIOSFODNN7EXAMPLE", "foobar123456", "todo-set-in-ci-1", "my-secret-token-01",
    "fake-token-a1b2c3d4", "@Microsoft.KeyVault(SecretUri=x1)", "op://vault/item1/field",
    "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-Ab12Cd",
  ]

  private static let code = [
    "token = os.environ[\"API_TOKEN\"]", "token = os.getenv(\"API_TOKEN\", \"\")",
    "password = getpass.getpass(\"password: \")", "api_key = config[\"api_key\"]",
    "secret = settings.SECRET_KEY", "token = tokenizer.decode(ids[0])", "pad_token = \"<pad>\"",
    "tokenizer = AutoTokenizer.from_pretrained(\"bert-base-uncased\")", "max_tokens = 4096",
    "model = load(\"meta-llama/Llama-3.1-8B-Instruct\", token=True)",
    "eos_token = \"<|endoftext|>\"",
    "password_field = \"user-password-2\"", "secret_name = \"prod/db/main-2024\"",
    "token_url = \"https://auth.internal/oauth2/token\"", "token_type = \"bearer2023abc\"",
    "def check_password(password: str) -> bool:\n    return hash(password) == stored",
    "raise ValueError(\"api_key: expected a text of 32 characters\")",
    "parser.add_argument(\"--token\", help=\"the token of the service, see README2\")",
    "headers = {\"Authorization\": f\"Bearer {token}\"}",
    "headers = {\"Authorization\": \"Bearer \" + os.environ[\"T\"]}",
    "PASSWORD_HASHERS = [\"django.contrib.auth.hashers.PBKDF2PasswordHasher\"]",
    "secret_key_ref = \"app-secrets-v2\"", "TOKEN_PATTERN = r\"[A-Za-z0-9_]{20,}\"",
    "password = input(\"Password: \")", "access_key = boto3.Session().get_credentials().access_key",
    "public_key = \"ssh-rsa AAAAB3NzaC1yc2E\"",
    "credentials = service_account.Credentials.from_file(p)",
    "tokens = text.split(\" \")", "secret = hashlib.sha256(b\"x\").hexdigest()",
    "if token == \"identifier\":\n    pass", "password: Optional[str] = None",
    "token_class = \"transformers.BertTokenizerFast\"", "cls_token = \"[CLS]\"",
    "url = \"https://user:password@host/path\"", "url = \"redis://localhost:6379/0\"",
    "url = f\"postgresql://{user}:{password}@{host}/db\"", "url = \"http://proxy.internal:3128\"",
    "dsn = \"mysql://root:${MYSQL_PASSWORD}@db:3306/app\"",
    "scp = \"user@host:/path/to/file1.txt\"",
    "embedding = \"text-embedding-3-small\"", "secret = \"projects/p-1/secrets/db/versions/3\"",
    "password_reset_token_timeout = \"PT15M30S\"", "next_token = response[\"NextToken\"]",
    "auth_token_header = \"X-Auth-Token-V2\"", "api_key_env = \"OPENAI_API_KEY_2\"",
    "PRIVATE_KEY_MARK = \"-----BEGIN RSA PRIVATE KEY-----\"",
    "assert \"-----BEGIN PRIVATE KEY-----\" in text", "secret_id = \"my_app_secret_v12\"",
    "token = \"Token_Literal_Number_Integer\"",
    "key = \"sk-spinner-chase-dot-before-sk-fading-circle\"",
    "password_policy = \"min8-upper1-digit1\"", "credentials_file = \"~/.config/app/creds2.json\"",
  ]

  private static let files: [(String, String)] = [
    (
      "docs/auth.md",
      "Set the password with `export DB_PASSWORD=...`, then run `app --token $TOKEN`."
    ),
    (
      "README.md",
      "Get a token from https://example.com/settings/tokens and put it into `API_TOKEN`."
    ),
    (
      "k8s/app.yaml",
      "env:\n- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: app-secrets-v2\n      key: db-password"
    ),
    (
      ".github/workflows/ci.yml",
      "env:\n  TOKEN: ${{ secrets.GITHUB_TOKEN }}\n  KEY: ${{ secrets.API_KEY }}"
    ),
    (
      "docker-compose.yml",
      "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD:?set it}"
    ),
    (
      "infra/main.tf",
      "variable \"db_password\" {\n  type      = string\n  sensitive = true\n}\npassword = var.db_password"
    ),
    ("Dockerfile", "ARG TOKEN\nRUN --mount=type=secret,id=token cat /run/secrets/token"),
    ("setup.cfg", "[upload]\npassword = %(PASSWORD)s\ntoken = file:/etc/token"),
    ("conda.yml", "channels: [conda-forge]\ndependencies:\n- python=3.11.7\n- tokenizers=0.19.1"),
    (
      "lorem.txt",
      "Lorem ipsum dolor sit amet, the secret of the token is that no password lasts forever."
    ),
  ]

  private typealias Made = @Sendable (inout SeededRandom) -> (String, String)

  private static func hex(_ count: Int, _ random: inout SeededRandom) -> String {
    random.text(count, SecretLetters.hex)
  }

  private static let generated: [Made] = [
    {
      (
        "poetry.lock",
        "[[package]]\nname = \"tokenizers\"\nfiles = [{file = \"t.whl\", hash = \"sha256:\(hex(64, &$0))\"}]"
      )
    },
    {
      (
        "requirements.txt",
        "keyring==25.2.1 \\\n    --hash=sha256:\(hex(64, &$0)) \\\n    --hash=sha256:\(hex(64, &$0))"
      )
    },
    {
      (
        "package-lock.json",
        "{\"node_modules/js-tokens\": {\"integrity\": \"sha512-\($0.text(86, SecretLetters.base64))==\"}}"
      )
    },
    {
      (
        "data/train.csv.dvc",
        "outs:\n- md5: \(hex(32, &$0))\n  size: \($0.number(10...99999))\n  path: train.csv"
      )
    },
    {
      (
        "dvc.lock",
        "stages:\n  tokenize:\n    cmd: python tokenize.py\n    outs:\n    - path: tokens\n      md5: \(hex(32, &$0)).dir"
      )
    },
    { ("a.py", "RUN_ID = \"\($0.uuid())\"\nsecret_uuid = \"\($0.uuid())\"") },
    { ("a.py", "token_id = \"\($0.uuid())\"\nCOMMIT = \"\(hex(40, &$0))\"") },
    {
      ("ci.yml", "- uses: actions/checkout@\(hex(40, &$0))\n- uses: org/get-token@\(hex(40, &$0))")
    },
    { random in
      let image = random.text(6000, SecretLetters.base64)
      return (
        "n.ipynb",
        "{\"cells\": [{\"id\": \"\(hex(8, &random))\", \"outputs\": [{\"data\": {\"image/png\": \"iVBORw0KGgo\(image)==\"}}]}]}"
      )
    },
    { random in
      let code = (0..<60).map { _ in
        "function \(random.text(2, SecretLetters.lower))(t){var token=t.secret,password=t[\(random.number(0...9))];return t.password=token}"
      }
      return ("vendor/app.min.js", code.joined(separator: ";"))
    },
    {
      (
        "key.pub",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ\($0.text(340, SecretLetters.base64))= user@host"
      )
    },
    { random in
      let lines = (0..<9).map { _ in random.text(64, SecretLetters.base64) }.joined(separator: "\n")
      return ("ca.crt", "-----BEGIN CERTIFICATE-----\n\(lines)\n-----END CERTIFICATE-----")
    },
    { random in
      let lines = (0..<5).map { _ in random.text(64, SecretLetters.base64) }.joined(separator: "\n")
      return ("pub.pem", "-----BEGIN PUBLIC KEY-----\n\(lines)\n-----END PUBLIC KEY-----")
    },
    {
      (
        "a.py",
        "STRIPE_PUBLIC = \"pk_live_\($0.text(24))\"\nSENTRY = \"https://\(hex(32, &$0))@o1.ingest.sentry.io/4\""
      )
    },
    { ("a.py", "cache_key = \"\(hex(32, &$0))\"\npassword_hash = \"\(hex(64, &$0))\"") },
    { ("a.py", "EXPECTED_SHA256 = \"\(hex(64, &$0))\"\nassert digest(f) == \"\(hex(64, &$0))\"") },
    {
      (
        "config.json",
        "{\"tokenizer_class\": \"BertTokenizer\", \"model_sha\": \"\(hex(40, &$0))\", \"bos_token_id\": \($0.number(1...50000))}"
      )
    },
    {
      (
        "a.css",
        "@font-face{src:url(data:font/woff2;base64,d09GMgABAAAA\($0.text(3000, SecretLetters.base64)))}"
      )
    },
    {
      (
        "index.html",
        "<script src=\"https://cdn/x.js\" integrity=\"sha384-\($0.text(64, SecretLetters.base64))\" crossorigin></script>"
      )
    },
    {
      (
        "data.csv",
        "id,token,score\n\($0.number(1...999)),word\($0.number(1...999)),0.\($0.text(9, SecretLetters.digits))\n2,other,0.\($0.text(9, SecretLetters.digits))"
      )
    },
    {
      (
        "go.sum",
        "github.com/org/token v1.\($0.number(0...40)).0 h1:\($0.text(43, SecretLetters.base64))="
      )
    },
    {
      (
        "vocab.json",
        "{\"tokens\": {\"\($0.text(6, SecretLetters.lower))\": \($0.number(0...9999)), \"secret\": 12, \"password\": \($0.number(0...9999))}}"
      )
    },
    {
      (
        "MLproject.log",
        "2026-01-\($0.number(10...28)) run \(hex(32, &$0)) finished, artifact s3://runs/\(hex(32, &$0))/model"
      )
    },
    {
      (
        "Pipfile.lock",
        "{\"_meta\": {\"hash\": {\"sha256\": \"\(hex(64, &$0))\"}}, \"default\": {\"secretstorage\": {\"hashes\": [\"sha256:\(hex(64, &$0))\"]}}}"
      )
    },
    { ("a.py", "gh = \"ghp_\($0.text(36))\"  # no checksum: a made-up one of a test") },
    {
      (
        "uv.lock",
        "name = \"cryptography\"\nsdist = { url = \"https://files.pythonhosted.org/packages/\(hex(2, &$0))/\(hex(2, &$0))/\(hex(60, &$0))/x-4.\($0.number(1...9)).tar.gz\", hash = \"sha256:\(hex(64, &$0))\" }"
      )
    },
  ]
}
