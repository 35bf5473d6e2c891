"""A small HTTP client for many connections in one thread."""

import asyncio
import json


class Quick:
    """One connection that is kept; a request that was not answered whole raises."""

    def __init__(self, port):
        self.port = port
        self.streams = None

    async def open(self):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 26)
        return self.streams

    def close(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None

    async def ask(self, method, path, body=b"", kind="application/json"):
        """Gives the status and the bytes of the answer."""
        try:
            reader, writer = await self.open()
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
            if "content-length" in headers:
                data = await reader.readexactly(int(headers["content-length"]))
            else:
                data = b""
                while size := int(await reader.readuntil(b"\r\n"), 16):
                    data += await reader.readexactly(size)
                    await reader.readexactly(2)
                await reader.readuntil(b"\r\n")
            if headers.get("connection", "").lower() == "close":
                self.close()
            return int(lines[0].split()[1]), data
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise ConnectionError(repr(error)) from error

    async def call(self, method, name, fields):
        """Asks the API; gives the status and the JSON."""
        status, data = await self.ask(method, f"/api/2.0/mlflow/{name}", json.dumps(fields).encode())
        return status, json.loads(data)
