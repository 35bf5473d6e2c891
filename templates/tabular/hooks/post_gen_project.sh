#!/bin/sh
# Folders whose files were not asked for.
find . -mindepth 1 -type d -empty -delete
