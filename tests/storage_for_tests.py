"""S3's own API on this machine, with storage in memory."""

import os
from contextlib import contextmanager

import boto3
import fsspec
import pytest
from moto.server import ThreadedMotoServer

KEY = {"key": "scorecard", "secret": "a password"}


@contextmanager
def storage(bucket):
    """The address of a server with an empty bucket; clients of this process find it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("AWS_")]:
                patch.delenv(name)
            patch.setitem(fsspec.config.conf, "s3", {"endpoint_url": address, **KEY})
            known = {"aws_access_key_id": KEY["key"], "aws_secret_access_key": KEY["secret"]}
            client = boto3.client("s3", endpoint_url=address, region_name="eu-west-2", **known)
            client.create_bucket(
                Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
            )
            yield address
    finally:
        server.stop()
