import Support

/// A server that keeps what it is given, and misbehaves as its paths' first parts say. What was asked is at `/asked`.
final class FaultyServer {
  private let server: PythonServer

  init() throws {
    server = try PythonServer(
      handler: #"""
        import base64, collections, hashlib, json, re, socket, struct, threading, time, urllib.parse
        objects, counts, asked, ports = {}, collections.Counter(), [], set()
        lock = threading.Lock()
        class H(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def log_message(self, *a): pass
            def reply(self, status, body=b'', **headers):
                self.send_response(status)
                for name, value in headers.items(): self.send_header(name.replace('_', '-'), value)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                if self.command != 'HEAD': self.wfile.write(body)
            def reset(self):
                # A close that the other side sees as a broken connection.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                self.close_connection = True
                self.connection.close()
                self.rfile = self.wfile = open(os.devnull, 'r+b', buffering=0)
            def serve(self):
                parts = urllib.parse.urlsplit(self.path)
                fault, _, key = parts.path[1:].partition('/')
                query = urllib.parse.parse_qs(parts.query, keep_blank_values=True)
                if fault == 'asked':
                    return self.reply(200, json.dumps({'asked': asked, 'ports': len(ports)}).encode())
                length = int(self.headers.get('Content-Length') or 0)
                with lock:
                    counts[fault, self.command] += 1
                    count = counts[fault, self.command]
                    ports.add(self.client_address[1])
                    asked.append(f"{self.command} {self.path} {self.headers.get('Range') or ''}".strip())
                if fault == 'early403':
                    self.close_connection = True
                    return self.reply(403, b'no')
                if fault == 'resetput' and self.command in ('PUT', 'POST') and count <= 2:
                    self.rfile.read(min(length, 100000)); return self.reset()
                body = self.rfile.read(length)
                if fault == 'busy' and count <= 2: return self.reply(503, b'<Error><Code>SlowDown</Code></Error>')
                if fault == 'alwaysbusy': return self.reply(503)
                if fault == 'throttled' and count <= 1: return self.reply(429)
                if fault == 'timeout' and count <= 1: return self.reply(400, b'<Error><Code>RequestTimeout</Code></Error>')
                if fault.startswith('code-'):
                    _, status, code = fault.split('-', 2)
                    words = f"<Error><Code>{code}</Code><Message>what {self.headers.get('x-amz-security-token')} says</Message></Error>"
                    return self.reply(int(status), words.encode())
                if fault == 'skewed':
                    self.send_response_only(403); body = b'<Error><Code>RequestTimeTooSkewed</Code></Error>'
                    self.send_header('Date', 'Fri, 24 May 2013 00:00:00 GMT'); self.send_header('Content-Length', str(len(body)))
                    self.end_headers(); self.wfile.write(body); return
                if fault == 'region' and '/there/' not in self.headers.get('Authorization', ''):
                    return self.reply(301, b'<Error><Code>PermanentRedirect</Code></Error>', x_amz_bucket_region='there')
                if fault == 'signed':
                    if self.headers.get('x-amz-content-sha256') != hashlib.sha256(body).hexdigest(): return self.reply(400)
                if fault == 'basic' and self.headers.get('Authorization') != 'Basic ' + base64.b64encode(b'me:pass').decode():
                    return self.reply(401, WWW_Authenticate='Basic realm="x"')
                if fault == 'custom' and self.headers.get('X-Secret') != 'hush': return self.reply(403)
                if fault == 'digest':
                    given = dict(re.findall(r'(\w+)="?([^",]+)', self.headers.get('Authorization') or ''))
                    md5 = lambda t: hashlib.md5(t.encode()).hexdigest()
                    right = md5(f"{md5('me:x:pass')}:n0:{given.get('nc')}:{given.get('cnonce')}:auth:{md5(self.command + ':' + self.path)}")
                    if given.get('response') != right:
                        return self.reply(401, WWW_Authenticate='Digest realm="x", nonce="n0", qop="auth", algorithm=MD5')
                if fault == 'to': return self.reply(302, Location='/plain/' + key)
                if fault == 'away':
                    return self.reply(302, Location=f'http://localhost:{self.server.server_port}/seen/' + key)
                if fault == 'seen': return self.reply(200, (self.headers.get('X-Secret') or 'nothing').encode())
                if fault == 'nohead' and self.command == 'HEAD': return self.reply(405)
                if fault == 'nodelete' and self.command == 'DELETE': return self.reply(405)
                if fault == 'postonly' and self.command == 'PUT': return self.reply(405)
                if fault == 'nocondition' and self.headers.get('If-None-Match'):
                    return self.reply(501, b'<Error><Code>NotImplemented</Code></Error>')
                if self.command in ('PUT', 'POST') and 'uploads' not in query and 'uploadId' not in query:
                    with lock:
                        if self.headers.get('If-None-Match') == '*' and key in objects: return self.reply(412)
                        objects[key] = body
                    return self.reply(200, ETag='"%s"' % hashlib.md5(body).hexdigest())
                if fault == 'parts': return self.parts(key, query, body, count)
                if self.command == 'DELETE':
                    objects.pop(key, None); return self.reply(204)
                if fault == 'bucketgone' or (fault == 'lists' and 'list-type' in query): return self.lists(key, query)
                if key not in objects: return self.reply(404)
                self.give(fault, objects[key], count)
            def lists(self, key, query):
                if 'list-type' not in query: return self.reply(404)
                return self.reply(200, objects[query['prefix'][0].split('/')[0]])
            def parts(self, key, query, body, count):
                if 'uploads' in query and self.command == 'GET':
                    return self.reply(200, b'<ListMultipartUploadsResult></ListMultipartUploadsResult>')
                if 'uploads' in query: return self.reply(200, b'<R><UploadId>u&amp;1</UploadId></R>')
                if self.command == 'DELETE': return self.reply(204)
                if self.command == 'PUT':
                    number = int(query['partNumber'][0])
                    if number == 2 and 'bad' in key: return self.reply(403, b'<Error><Code>AccessDenied</Code></Error>')
                    if number == 3 and count <= 5 and 'shaky' in key: return self.reset()
                    with lock: objects[key, number] = body
                    return self.reply(200, ETag='"%d"' % number)
                if self.command == 'POST':
                    if 'late' in key and count <= 3:
                        return self.reply(200, b'  <?xml version="1.0"?>\n<Error><Code>InternalError</Code></Error>')
                    numbers = [int(n) for n in re.findall(rb'<PartNumber>(\d+)', body)]
                    objects[key] = b''.join(objects[key, n] for n in numbers)
                    return self.reply(200, b'<CompleteMultipartUploadResult/>')
                if key in objects: return self.give('plain', objects[key], count)
                return self.reply(404)
            def give(self, fault, body, count):
                tag = '"%s"' % hashlib.md5(body).hexdigest()
                if fault == 'changing': body = bytes([count]) * len(body); tag = '"%d"' % count
                start, whole = 0, body
                match = re.match(r'bytes=(\d+)-(\d*)', self.headers.get('Range') or '')
                if match and fault != 'norange':
                    if self.headers.get('If-Match') not in (None, tag): return self.reply(412)
                    start = int(match[1])
                    if start >= len(body): return self.reply(416, Content_Range=f'bytes */{len(body)}')
                    body = body[start:int(match[2]) + 1 if match[2] else None]
                self.send_response(206 if match and fault != 'norange' else 200)
                self.send_header('ETag', tag)
                if match and fault != 'norange':
                    place = start + 1 if fault == 'wrongrange' else start
                    self.send_header('Content-Range', f'bytes {place}-{start + len(body) - 1}/{len(whole)}')
                length = len(body) + (10 if fault == 'toolong' and not match else 0)
                if fault == 'unknown':
                    self.send_header('Connection', 'close'); self.close_connection = True
                else:
                    self.send_header('Content-Length', str(length))
                self.end_headers()
                if self.command == 'HEAD': return
                if fault in ('cut', 'norange', 'wrongrange', 'changing') and count <= 2:
                    self.wfile.write(body[:len(body) // 2]); self.wfile.flush(); self.close_connection = True; return
                if fault == 'reset' and count <= 2:
                    self.wfile.write(body[:len(body) // 3]); self.wfile.flush(); time.sleep(.2); return self.reset()
                if fault == 'stall' and count <= 1:
                    self.wfile.write(body[:10]); self.wfile.flush(); time.sleep(5); self.close_connection = True; return
                self.wfile.write(body)
                if fault == 'toolong': self.close_connection = True
            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = serve
        """#)
  }

  var folder: TemporaryFolder { server.folder }

  func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)/\(path)" }
}
