#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The small node behind a real nginx made by provisioning/nginx/configure: nginx.py WEB-SITE SOURCE-ROOT; prints TAP."""
import hashlib, http.client, json, os, re, shutil, socket, ssl, subprocess, sys, tempfile, warnings

site_program, root = sys.argv[1:3]
folder = tempfile.mkdtemp(prefix='fundnode-nginx-')
cases = []
TOKEN = 'clerkclerkclerkclerkclerk'


def case(name):
    def add(f):
        cases.append((name, f))
        return f
    return add


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


port = free_port()
origin = f'https://localhost:{port}'
context = None


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def ask(method, path, body=None, cookie=TOKEN, headers=None, own=True):
    connection = http.client.HTTPSConnection('127.0.0.1', port, context=context, timeout=60)
    sent = dict(headers or {})
    if cookie:
        sent.setdefault('Cookie', f'__Host-fundnode={cookie}')
    if method != 'GET' and own:
        sent.setdefault('X-Fundnode', '1')
        sent.setdefault('Origin', origin)
    if isinstance(body, dict):
        body = json.dumps(body)
    if body is not None:
        sent.setdefault('Content-Type', 'application/json')
    try:
        connection.request(method, path, body, sent)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def same(got, wanted):
    assert got == wanted, f'{got!r} instead of {wanted!r}'


DEMANDED = {
    'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin', 'Strict-Transport-Security': 'max-age=31536000', 'Server': 'nginx',
}


@case('the console is served')
def _():
    a = ask('GET', '/', cookie=None)
    same((a.status, a.body), (200, b'<!doctype html>console\n'))
    same(ask('GET', '/some/page', cookie=None).body, a.body)
    same(ask('GET', '/assets/none.js', cookie=None).status, 404)
    same(ask('POST', '/', '{}').status, 403)


@case('every answer carries the demanded headers [14.3.2]')
def _():
    for path in ('/', '/api/me', '/api/none', '/assets/none.js', '/api/upload', '/api/describe'):
        a = ask('GET', path)
        for name, value in DEMANDED.items():
            same((path, name, a.headers.get_all(name)), (path, name, [value]))
    same(ask('GET', '/api/me').headers['Cache-Control'], 'no-store')


@case("what may stand in a frame has a policy of its own, which lets in our own page only [14.3.2]")
def _():
    a = ask('GET', '/api/shown/1')
    same(a.status, 404)
    framed = {**DEMANDED, 'X-Frame-Options': 'SAMEORIGIN', 'Content-Security-Policy': "default-src 'none'; object-src 'self'; "
              "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"}
    for name, value in framed.items():
        same((name, a.headers.get_all(name)), (name, [value]))
    for path in ('/api/shown', '/api/attachment/1'):
        same(ask('GET', path).headers['X-Frame-Options'], 'DENY')


@case('a log-in gives a cookie no script can read [14.4.1]')
def _():
    a = ask('POST', '/api/login', {'login': 'clerk', 'password': 'right'}, cookie=None)
    same(a.status, 200)
    same(a.headers.get_all('Set-Cookie'), [f'__Host-fundnode={TOKEN}; Path=/; Secure; HttpOnly; SameSite=Strict'])
    same(a.json, {'person': {'id': '7', 'name': '测试员', 'login': 'clerk'}, 'must_change': False, 'must_enrol': False})


@case('only listed headers arrive, repeated ones do no harm')
def _():
    a = ask('GET', '/api/me', headers={'X-Forwarded-For': '1.2.3.4', 'Upload-File': '/etc/passwd', 'X-Anything': 'x' * 3000})
    same((a.status, a.json['level'], a.json['commands']), (200, 'county', ['sample.add']))
    request = (f'GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Fundnode: 1\r\nX-Fundnode: 2\r\n'
               f'Cookie: __Host-fundnode={TOKEN}\r\nCookie: a=b\r\n\r\n').encode()
    with context.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost') as s:
        s.sendall(request)
        got = b''
        while part := s.recv(65536):
            got += part
    same(got.split(b' ')[1], b'200')


@case('nginx sends what the parser allows, no more and no less')
def _():
    with open(f'{root}/node/web/scgi-head.c') as f:
        allowed = set(re.findall(r'^ *\[SCGI_\w+\] = "(\w+)"', f.read(), re.M))
    with open(f'{root}/provisioning/nginx/scgi.conf.template') as f:
        sent = set(re.findall(r'^scgi_param (\w+) ', f.read(), re.M))
    same(sorted(allowed), sorted(sent | {'CONTENT_LENGTH', 'UPLOAD_FILE', 'CLIENT_CERTIFICATE'}))


@case('a change needs our own page and a session [14.3.2]')
def _():
    key = {'X-Idempotency-Key': 'k' * 20}
    path, body = '/api/command/sample.add', {'name': 'a', 'price': '1'}
    same(ask('POST', path, body, headers=key, own=False).status, 403)
    same(ask('POST', path, body, headers={**key, 'Origin': 'https://evil'}).status, 403)
    same(ask('POST', path, body, headers={**key, 'Sec-Fetch-Site': 'cross-site'}).status, 403)
    same(ask('POST', path, body, headers=key, cookie=None).status, 401)
    same(ask('POST', path, body).status, 400)
    same(ask('POST', path, body, headers=key).json['output']['name'], 'a')


@case('bodies over the limit are refused')
def _():
    big = '{"name":"' + 'x' * (1 << 20) + '"}'
    a = ask('POST', '/api/command/sample.add', big, headers={'X-Idempotency-Key': 'k' * 20})
    same((a.status, a.json['error']['code']), (413, 'node.too_large'))
    same(ask('GET', '/api/me', headers={'X-Long': 'x' * 5000}).status, 400)


@case('an upload is spooled, kept by digest and leaves no spool')
def _():
    data = os.urandom(3 << 20)
    type_ = {'Content-Type': 'application/octet-stream'}
    same(ask('POST', '/api/upload?purpose=import', data, headers=type_, cookie=None).status, 401)
    same(ask('POST', '/api/upload?purpose=import', data, headers=type_, own=False).status, 403)
    a = ask('POST', '/api/upload?purpose=import&name=..%2F%E6%88%BF%E5%B1%8B.csv', data, headers=type_)
    same((a.status, a.json['name'], a.json['size']), (200, '房屋.csv', len(data)))
    digest = a.json['digest']
    same(digest, hashlib.new('sm3', data).hexdigest() if 'sm3' in hashlib.algorithms_available else digest)
    with open(f'{folder}/blobs/{digest[:2]}/{digest[2:]}', 'rb') as f:
        same(f.read() == data, True)
    same(ask('POST', '/api/upload?purpose=import', data, headers=type_).json['digest'], digest)
    for _ in range(2000):  # nginx answers first and removes its file then
        if not os.listdir(f'{folder}/spool'):
            break
        same(ask('GET', '/api/session').status, 204)
    same(os.listdir(f'{folder}/spool'), [])
    same([n for n in os.listdir(f'{folder}/blobs') if n.startswith('upload-')], [])


@case('nobody but nginx names the file')
def _():
    for extra in ({'UPLOAD_FILE': '/etc/passwd'}, {'Upload-File': '/etc/passwd'}, {'X-Upload-File': '/etc/passwd'}):
        a = ask('POST', '/api/upload?purpose=import', b'', headers={'Content-Type': 'text/plain', **extra})
        same(a.status, 400)
    same(ask('POST', '/api/%75pload?purpose=import', b'x').status, 404)


@case('a list leaves as CSV')
def _():
    a = ask('GET', '/api/view/sample.items.csv')
    same((a.status, a.headers['Content-Type'], a.body[:3]), (200, 'text/csv; charset=utf-8', b'\xef\xbb\xbf'))
    same(a.headers['Content-Disposition'].startswith('attachment; filename='), True)


@case('descriptions are compressed and known by their tag')
def _():
    a = ask('GET', '/api/describe', headers={'Accept-Encoding': 'gzip'})
    same((a.status, a.headers['Content-Encoding']), (200, 'gzip'))
    b = ask('GET', '/api/describe', headers={'Accept-Encoding': 'gzip', 'If-None-Match': a.headers['ETag']})
    same((b.status, b.body), (304, b''))
    same(ask('GET', '/api/me', headers={'Accept-Encoding': 'gzip'}).headers['Content-Encoding'], None)


@case('progress is not held back')
def _():
    connection = http.client.HTTPSConnection('127.0.0.1', port, context=context, timeout=60)
    connection.request('GET', '/api/runs/42/events', headers={'Cookie': f'__Host-fundnode={TOKEN}'})
    response = connection.getresponse()
    same(response.headers['Content-Type'], 'text/event-stream; charset=utf-8')
    same(json.loads(response.readline()[6:]), {'state': 'running', 'done': 3, 'total': 9, 'message': ''})
    connection.close()  # hang up on a stream that goes on
    same(ask('GET', '/api/runs/43/events').body.count(b'data: '), 1)


@case('clients that hang up harm nobody')
def _():
    for i in range(30):
        s = context.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost')
        s.sendall(f'GET /api/view/sample.items HTTP/1.1\r\nHost: x\r\nCookie: __Host-fundnode={TOKEN}\r\n\r\n'.encode())
        s.close()
    same(site.poll(), None)
    same(ask('GET', '/api/me').status, 200)


@case('slow clients do not block the others')
def _():
    slow = []
    for i in range(60):
        s = context.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost')
        s.sendall(b'POST /api/command/sample.add HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{' if i % 6 == 0 else b'GET /api')
        slow.append(s)
    for i in range(20):
        same(ask('GET', '/api/session').status, 204)
    for s in slow:
        s.close()


@case('more than 20 requests at once from one address are refused')
def _():
    held, statuses = [], []
    for i in range(25):
        connection = http.client.HTTPSConnection('127.0.0.1', port, context=context, timeout=60)
        connection.request('GET', '/api/runs/42/events', headers={'Cookie': f'__Host-fundnode={TOKEN}'})
        response = connection.getresponse()
        statuses.append(response.status)
        held.append((connection, response))
    for connection, response in held:
        response.close()
        connection.close()
    same((statuses[0], statuses[-1], statuses.count(200) <= 20, sorted(set(statuses))), (200, 429, True, [200, 429]))


@case('log-ins are limited per address [14.4.1]')
def _():
    statuses = [ask('POST', '/api/login', {'login': 'clerk', 'password': 'wrong'}, cookie=None).status for i in range(12)]
    same((statuses[0], statuses[-1]), (401, 429))


@case('plain http and old TLS are refused')
def _():
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    connection.request('GET', '/')
    same(connection.getresponse().status, 400)
    warnings.simplefilter('ignore', DeprecationWarning)
    old = ssl.create_default_context(cafile=f'{folder}/nginx/certificate.pem')
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        old.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost')
    except (ssl.SSLError, OSError):
        return
    raise AssertionError('TLS 1.1 was accepted')


@case('HTTP/2 is spoken')
def _():
    offered = ssl.create_default_context(cafile=f'{folder}/nginx/certificate.pem')
    offered.set_alpn_protocols(['h2', 'http/1.1'])
    with offered.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost') as s:
        same(s.selected_alpn_protocol(), 'h2')


@case('without its node the edge says try again')
def _():
    site.stdin.close()
    same(site.wait(60), 0)
    a = ask('GET', '/api/me')
    same((a.status, a.json['error']['code']), (503, 'node.try_again'))


def nginx(*more):
    return subprocess.run(['nginx', '-p', f'{folder}/nginx', '-e', f'{folder}/nginx/error.log', '-c',
                           f'{folder}/nginx/nginx.conf', *more], capture_output=True, text=True)


def start():
    global site, context
    os.mkdir(f'{folder}/console')
    with open(f'{folder}/console/index.html', 'w') as f:
        f.write('<!doctype html>console\n')
    made = subprocess.run([f'{root}/provisioning/nginx/configure', '--folder', f'{folder}/nginx', '--listen',
                           f'127.0.0.1:{port}', '--console', f'{folder}/console', '--socket', f'{folder}/web.socket',
                           '--spool', f'{folder}/spool'], capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(f'Bail out! configure: {made.stderr}')
    site = subprocess.Popen([site_program, folder, origin], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if site.stdout.readline() != 'ready\n':
        raise SystemExit('Bail out! the small node does not start')
    started = nginx()
    if started.returncode != 0:
        raise SystemExit(f'Bail out! nginx: {started.stderr}')
    context = ssl.create_default_context(cafile=f'{folder}/nginx/certificate.pem')
    context.check_hostname = False


def main():
    start()
    failed = 0
    print(f'1..{len(cases)}')
    try:
        for number, (name, f) in enumerate(cases, 1):
            try:
                f()
                print(f'ok {number} - {name}', flush=True)
            except Exception as e:  # one failed case must not hide the others
                failed += 1
                print(f'not ok {number} - {name}\n# {type(e).__name__}: {e}', flush=True)
    finally:
        nginx('-s', 'quit')
        if not site.stdin.closed:
            site.stdin.close()
        site.wait(60)
        if failed:
            print('# ' + open(f'{folder}/nginx/error.log').read()[-3000:].replace('\n', '\n# '))
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


sys.exit(main())
