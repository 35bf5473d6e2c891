/// What the name of a file says of it: tags of `types`, `types_or` and `exclude_types` in a configuration of pre-commit, with
/// the endings, names and interpreters that stand for them, as its library `identify` (2.6) knows them.
///
/// The table is written by a script from that library's own: one line for each set of tags.
enum FileTagTable {
  /// Endings, in lower case, without the dot.
  static let extensions = read(
    """
    adobe-illustrator binary: ai
    apinotes text: apinotes
    asar binary: asar
    asciidoc text: adoc asciidoc
    asm text: asm s
    aspectj text: aj
    astro text: astro
    audio binary wav: wav
    avif binary image: avif
    avro-schema text: avsc
    bash bats shell text: bats
    bash shell text: bash
    batch text: bat cmd
    bazel text: bazel bzl
    beancount text: beancount
    bib text: bib
    binary: dll exe so
    binary bitmap image: bmp
    binary bzip2: bz2
    binary bzip3: bz3
    binary eot: eot
    binary eps: eps
    binary fits: fits
    binary ggb zip: ggb
    binary gif image: gif
    binary gzip: gz tgz
    binary icns: icns
    binary icon: ico
    binary image jpeg: jpeg jpg
    binary image png: png
    binary image tiff: tif tiff
    binary image webp: webp
    binary jar zip: ear jar war
    binary musescore zip: mscz
    binary otf: otf
    binary p12: p12
    binary pdf: pdf
    binary pyz: pyz pyzw
    binary swf: swf
    binary tar: tar
    binary ttf: ttf
    binary wheel zip: whl
    binary woff: woff
    binary woff2: woff2
    binary zip: zip
    bitbake text: bb bbappend bbclass
    c c++ header text: h
    c text: c
    c# c#script text: csx
    c# text: cs
    c++ header text: hh hpp hxx
    c++ inl text: inl
    c++ ino text: ino
    c++ objective-c++ text: mm
    c++ text: c++ c++m cc ccm cpp cppm cxx cxxm ipp ixx tpp
    c2hs text: chs
    clojure clojurescript text: cljs
    clojure edn text: edn
    clojure text: clj cljc
    cmake text: cmake
    coffee text: coffee
    crystal text: cr
    csh shell text: csh
    cson text: cson
    csproj msbuild text xml: csproj
    css text: css
    csv text: csv
    cuda text: cu cuh
    cue text: cue
    cylc text: cylc
    cython text: pxd pxi pyx
    dart text: dart
    dbc text: dbc
    def text: def
    diff text: diff patch
    dotenv text: env
    dtd text: dtd
    ejs text: ejs
    ejson json text: ejson
    elixir text: ex exs
    elm text: elm
    erb text: erb
    erlang text: erl escript hrl
    f# f#script text: fsx
    f# text: fs
    fish text: fish
    fortran text: f03 f08 f90 f95
    fsproj msbuild text xml: fsproj
    gdscript text: gd
    geojson json text: geojson
    gherkin text: feature
    gleam text: gleam
    go text: go
    gotmpl text: gotmpl
    gpx text xml: gpx
    graphql text: graphql
    groovy jenkins text: jenkins jenkinsfile
    groovy text: gradle groovy
    gyb text: gyb
    gyp python text: gyp gypi
    handlebars text: hbs
    haskell text: hs
    hcl text: hcl
    hlsl text: hlsl hlsli
    html text: htm html
    html text xhtml xml: xhtml
    icalendar text: ics
    idl text: idl
    idris text: idr lidr
    image svg text xml: svg
    inc text: inc
    ini lektorproject text: lektorproject
    ini text: ini
    ini text txsprofile: txsprofile
    inx text xml: inx
    ipxe text: ipxe
    jade text: jade
    java text: java
    java-properties text: properties
    javascript text: cjs js mjs
    jbuilder ruby text: jbuilder
    jinja text: j2 jinja jinja2
    json jsonld text: jsonld
    json jupyter text: ipynb
    json piskel text: piskel
    json text: json
    json text xcodebuild xctestplan: xctestplan
    json5 text: json5
    jsonnet text: jsonnet libsonnet
    jsx text: jsx
    julia text: jl
    kml text xml: kml
    kotlin text: kt kts
    lazarus lazarus-form text: lfm
    lazarus pascal text: lpr
    lazarus text xml: lpi
    lean text: lean
    lektor text: lr
    less text: less
    liquid text: liquid
    literate-haskell text: lhs
    lua text: lua
    luau text: luau
    m4 text: m4
    magik text: magik
    makefile text: make mk
    manifest text: manifest
    map text: map
    markdown text: markdown md
    mdx text: mdx
    meson text: meson
    metal text: metal
    mib text: mib
    modulemap text: modulemap
    msbuild pyproj text xml: pyproj
    msbuild slnx text xml: slnx
    msbuild text vbproj xml: vbproj
    msbuild text vcxproj xml: vcxproj
    msbuild text xml: props targets
    musescore text xml: mscx
    mustache text: mustache
    myst text: myst
    ngdoc text: ngdoc
    nim text: nim nims
    nimble text: nimble
    nix text: nix
    nunjucks text: njk
    nushell text: nu
    objective-c text: m
    ocaml text: ml mli
    pascal text: pas
    pem text: crt key pem
    perl text: pl pm
    php text: php php4 php5 phtml
    plain-text text: txt
    plantuml text: plantuml puml
    pofile text: po
    pom text xml: pom
    powershell text: ps1 psd1 psm1
    prisma text: prisma
    proto text: proto
    pug text: pug
    puppet text: pp
    purescript text: purs
    pyi text: pyi
    python text: py pyt pyw
    python text twisted: tac
    python text wsgi: wsgi
    qml text: qml
    quarto text: qmd
    r text: r
    relax-ng text xml: rng
    resx text xml: resx
    robot text: robot
    rst text: rst
    ruby text: gemspec rake rb
    rust text: rs
    salt text: sls
    sas text: sas
    sass text: sass
    sbt scala text: sbt
    scala text: sc scala
    scheme text: scm ss
    scss text: scss
    shell text: sh
    shell text zsh: zsh
    sln text: sln
    solidity text: sol
    spec text: spec
    sql text: sql
    stylus text: styl
    svelte text: svelte
    swift text: swift
    swiftdeps text: swiftdeps
    system-verilog text: sv svh
    templ text: templ
    terraform text: tf tfvars
    tex text: sty tex
    text: cfg cnf conf
    text textproto: textproto txtpb
    text thrift: thrift
    text toml: toml
    text ts: ts
    text tsv: tsv
    text tsx: tsx
    text twig: twig
    text urdf xacro xml: xacro
    text urdf xml: urdf
    text vala: vala
    text vb: vb
    text vdx: vdx
    text verilog: v vh
    text vhdl: vhd
    text vim: vim
    text vtl: vtl
    text vue: vue
    text wixproj xml: wixproj
    text wkt: wkt
    text wsdl xml: wsdl
    text wxi xml: wxi
    text wxl xml: wxl
    text wxs xml: wxs
    text xaml xml: xaml
    text xcconfig xcodebuild: xcconfig
    text xcodebuild xcscheme xml: xcscheme
    text xcodebuild xcworkspacedata xml: xcworkspacedata
    text xliff xml: xlf xliff
    text xml: xml
    text xml xsd: xsd
    text xml xsl: xsl xslt
    text xml yin: yin
    text xml zcml: zcml
    text xquery: xq xql xqm xqu xquery xqy
    text yaml: eyaml yaml yml
    text yaml yamlld: yamlld
    text yang: yang
    text zig: zig
    text zpt: zpt
    """)

  /// Endings of files that are text or not, as their bytes say.
  static let undecidedExtensions = read(
    """
    entitlements plist: entitlements
    image ppm: ppm
    plist: plist
    plist xcodebuild xcprivacy: xcprivacy
    plist xcodebuild xcsettings: xcsettings
    """)

  /// Whole names, or parts of them between dots.
  static let names = read(
    """
    alpm bash pkgbuild shell text: PKGBUILD
    babelrc json text: .babelrc
    bash shell text: .bash_aliases .bash_profile .bashrc .envrc direnvrc
    bazel text: BUILD WORKSPACE copy.bara.sky
    bazelrc text: .bazelrc
    bitbake text: bblayers.conf bitbake.conf
    bowerrc json text: .bowerrc
    browserslistrc text: .browserslistrc
    cargo text toml: Cargo.toml
    cargo-lock text toml: Cargo.lock
    cmake text: CMakeLists.txt
    codespellrc ini text: .codespellrc
    coveragerc ini text: .coveragerc
    csh shell text: .cshrc
    csslintrc json text: .csslintrc
    dockerfile text: Containerfile Dockerfile
    dockerignore text: .dockerignore
    editorconfig text: .editorconfig
    erlang text: rebar.config sys.config sys.config.src
    flake8 ini text: .flake8
    gemfile-lock text: Gemfile.lock
    gitattributes text: .gitattributes
    gitconfig ini text: .gitconfig
    gitignore prettierignore text: .prettierignore
    gitignore text: .gitignore
    gitlint ini text: .gitlint
    gitmodules text: .gitmodules
    go-mod text: go.mod
    go-sum text: go.sum
    groovy jenkins text: Jenkinsfile
    hgrc ini text: .hgrc
    ini isort text: .isort.cfg
    ini pylintrc text: pylintrc
    ini pypirc text: .pypirc
    ini text: .rstcheck.cfg .sqlfluff setup.cfg
    jshintrc json text: .jshintrc
    json mention-bot text: .mention-bot
    json pipfile-lock text: Pipfile.lock
    mailmap text: .mailmap
    makefile text: GNUmakefile Makefile makefile
    meson meson-options text: meson.options meson_options.txt
    meson text: meson.build
    npmignore text: .npmignore
    pdbrc python text: .pdbrc
    plain-text text: AUTHORS CHANGELOG CONTRIBUTING COPYING LICENSE MAINTAINERS NEWS NOTICE PATENTS README
    poetry-lock text toml: poetry.lock
    pom text xml: pom.xml
    pyproject text toml: pyproject.toml
    python text: wscript
    ruby text: Brewfile Fastfile Gemfile Rakefile Vagrantfile config.ru
    salt-lint text yaml: .salt-lint
    scons text: SConscript SConstruct SCsub
    shell text: .profile
    shell text zsh: .zlogin .zlogout .zprofile .zshenv .zshrc
    text tiltfile: Tiltfile
    text toml: Pipfile
    text toml uv-lock: uv.lock
    text yaml: .ansible-lint .clang-format .clang-tidy
    text yaml yamllint: .yamllint
    """)

  /// Programs that a first line names.
  static let interpreters = read(
    """
    ash shell: ash
    awk: awk
    bash bats shell: bats
    bash shell: bash
    cbsd shell: cbsd
    csh shell: csh
    dash shell: dash
    erlang: escript
    expect: expect
    javascript: node nodejs
    ksh shell: ksh
    nushell: nu nushell
    perl: perl
    php: php
    php php7: php7
    php php8: php8
    python: python
    python python2: python2
    python python3: python3
    ruby: ruby
    sh shell: sh
    shell tcsh: tcsh
    shell zsh: zsh
    """)

  /// Every tag that a configuration may name.
  static let tags: Set<String> = {
    var tags: Set = [
      "directory", "symlink", "socket", "file", "executable", "non-executable", "text", "binary",
    ]
    for table in [extensions, undecidedExtensions, names, interpreters] {
      for found in table.values { tags.formUnion(found) }
    }
    return tags
  }()

  private static func read(_ text: String) -> [String: [String]] {
    var table: [String: [String]] = [:]
    for line in text.split(separator: "\n") {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { continue }
      let tags = sides[0].split(separator: " ").map(String.init)
      for key in sides[1].split(separator: " ") { table[String(key)] = tags }
    }
    return table
  }
}
