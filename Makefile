# The verbs of this repository. Each installs what it needs first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PREFIX ?= /usr/local
# For all fuzz targets together.
FUZZ_SECONDS ?= 60

# Debian packages: to build and test; and those that only `make bench` needs.
PACKAGES := git openssh-client openssh-server libcurl4-openssl-dev libgit2-dev libsqlite3-dev libssl-dev libyaml-dev libzmq3-dev libzstd-dev \
	pkg-config python3 python3-venv unzip zip zlib1g-dev
# A browser to look at the pages with, letters for Korean, and a proxy to put in front of the server.
TRACKING_PACKAGES := chromium chromium-driver fonts-noto-cjk nginx-light openssl
# Pictures of clothes, which the example of digits learns from.
INTEROP_PACKAGES := dataset-fashion-mnist
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/reprise
REQUIREMENTS := Tests/Interop/requirements.txt
CONSTRAINTS := Tests/Interop/constraints.txt
PEERS := $(CACHE)/peers-$(shell cat $(REQUIREMENTS) $(CONSTRAINTS) | sha256sum | cut -c1-16)
# The client of MLflow's second version wants an environment of its own.
MLFLOW2_FILES := Tests/Interop/mlflow2-requirements.txt Tests/Interop/mlflow2-constraints.txt
MLFLOW2 := $(CACHE)/mlflow2-$(shell cat $(MLFLOW2_FILES) | sha256sum | cut -c1-16)
# Suites that kill and interrupt, and wait for what comes of it: they need a machine that is not busy with other tests.
ALONE := CrashTests|SignalTests|ReaderTests|LeftoverTests|EntryRunTests|TrainerRunTests|SwiftPackageTests|SharingTests|ServerTests\.(Hostile|Admission|Rate|Access|Stop|Target|BodyBudget|Live)Tests
# Suites beside MLflow's servers and clients, which wait for these more than they compute; and those that serve from the tests'
# own process, which must not wait for the others.
TRACKING := Tracking(Client|Crash|Twins|Web)Interop|RunTrackingInterop|ExchangeInterop|RegistryInterop|ProxyInterop
SERVING := Pages(Live)?Interop|^Interop\.Access
# What only the benchmarks compare with.
BENCH_FILES := Benchmarks/requirements.txt Benchmarks/constraints.txt
BENCH_PEERS := $(CACHE)/bench-$(shell cat $(BENCH_FILES) | sha256sum | cut -c1-16)
RELEASE := .build/release/reprise
STATIC := -c release --static-swift-stdlib -Xlinker -s -Xlinker -no-pie

.PHONY: help setup peers debug build demo test test-interop test-tracking fuzz lint bench reference install clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: ## Install the Debian packages that are missing
	@scripts/install-packages $(PACKAGES)

debug: setup
	@swift build

build: setup ## Build the release: static Swift runtime, stripped
	@swift build $(STATIC) --product reprise
	@ls -l $(RELEASE) | awk '{ printf "built $(RELEASE), %.0f MB\n", $$5 / 1e6 }'

demo: debug ## Run the main job on real data: train, list, show
	@scripts/demo .build/debug/reprise

test: setup ## Run the tests that need Debian packages only
	@scripts/run-tests --skip '^Interop\.' --skip '$(ALONE)'
	@scripts/run-tests --skip-build --no-parallel --filter '$(ALONE)'

peers: setup # The real MLflow and what else we compare with, in one cached virtual environment
	@scripts/install-peers $(REQUIREMENTS) $(CONSTRAINTS) $(PEERS)

test-interop: peers ## Run the tests against the real peers, installed from PyPI
	@scripts/install-packages $(INTEROP_PACKAGES)
	@REPRISE_PEERS=$(PEERS) scripts/run-tests --filter '^Interop\.' --skip '$(TRACKING)|$(SERVING)'
	@$(MAKE) --no-print-directory test-tracking

test-tracking: peers ## Run those of them that are about the tracking server
	@scripts/install-packages $(TRACKING_PACKAGES)
	@scripts/install-peers $(MLFLOW2_FILES) $(MLFLOW2)
	@REPRISE_PEERS=$(PEERS) REPRISE_MLFLOW2=$(MLFLOW2) scripts/run-tests --filter '$(TRACKING)'
	@REPRISE_PEERS=$(PEERS) REPRISE_MLFLOW2=$(MLFLOW2) scripts/run-tests --skip-build --no-parallel --filter '$(SERVING)'

fuzz: setup ## Feed the parsers of foreign bytes with what libFuzzer makes up
	@scripts/fuzz $(FUZZ_SECONDS)

lint: debug ## Check the format of every Swift file, and this repository by its own rules
	swift format lint --strict --recursive Package.swift Sources Tests
	.build/debug/reprise rules test
	.build/debug/reprise check

bench: build peers ## Measure us and the peers side by side, one table
	@scripts/install-packages git-lfs wrk dataset-fashion-mnist
	@scripts/install-peers $(BENCH_FILES) $(BENCH_PEERS)
	@REPRISE_PEERS=$(PEERS) REPRISE_BENCH_TEST_PEERS=$(BENCH_PEERS) python3 Benchmarks/run.py $(RELEASE)

reference: debug ## Write docs/reference/commands.md anew
	@scripts/make-reference .build/debug/reprise

install: build ## Install under PREFIX (default /usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/reprise
	install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/reprise
	cp -R templates lint-rules $(DESTDIR)$(PREFIX)/share/reprise/
	@scripts/install-completions $(RELEASE) $(DESTDIR)$(PREFIX)

clean: ## Remove what was built
	rm -rf .build .build-*
