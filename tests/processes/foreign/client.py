#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A gRPC client that shares no line with ours (Debian's python3-grpcio) calls a running node: well, badly, and without
being asked. Every refusal must state its reason and leave the node answering. Prints TAP; exit 0 when all is well."""
import argparse
import importlib
import os
import queue
import re
import ssl
import subprocess
import sys
import tempfile

import grpc
from google.protobuf.message import DecodeError

SERVICE = '/fundnode.federation.v1.Federation/'
FRAME_MAX = 8 << 20
WAIT_S = 60     # a node that keeps silent for so long has failed


def messages(proto, folder):
    subprocess.run(['protoc', '--python_out=' + folder, '--proto_path=' + os.path.dirname(proto), proto], check=True)
    sys.path.insert(0, folder)
    return importlib.import_module('federation_pb2')


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def make_stranger(folder):
    key, certificate = os.path.join(folder, 'stranger.key'), os.path.join(folder, 'stranger.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
                    '-days', '2', '-subj', '/CN=stranger', '-keyout', key, '-out', certificate],
                   check=True, capture_output=True)
    return read(key), read(certificate)


class Node:
    """Channels to the node; its self-signed certificate is trusted as found, its DNS name read from it."""

    def __init__(self, host, port):
        self.address = '%s:%d' % (host, port)
        self.root = ssl.get_server_certificate((host, port)).encode()
        text = subprocess.run(['openssl', 'x509', '-noout', '-ext', 'subjectAltName'], input=self.root, check=True,
                              capture_output=True).stdout.decode()
        self.name = re.search(r'DNS:([^,\s]+)', text).group(1)

    def channel(self, key, certificate):
        credentials = grpc.ssl_channel_credentials(self.root, key, certificate)
        return grpc.secure_channel(self.address, credentials, options=[
            ('grpc.ssl_target_name_override', self.name), ('grpc.enable_http_proxy', 0),
            ('grpc.use_local_subchannel_pool', 1), ('grpc.max_receive_message_length', FRAME_MAX),
            ('grpc.max_send_message_length', -1)])


class Exchange:
    """One stream of frames: say() puts bytes in, hear() gives the next frame or raises the call's RpcError."""

    def __init__(self, channel, method='Exchange', compression=None):
        self.out = queue.Queue()
        call = channel.stream_stream(SERVICE + method)      # no serializers: bytes in, bytes out
        self.call = call(iter(self.out.get, None), timeout=WAIT_S, compression=compression)

    def say(self, data):
        self.out.put(data)

    def hear(self):
        return next(self.call)

    def end(self):
        """(code, details, last frames)"""
        last = []
        try:
            while True:
                last.append(self.hear())
        except StopIteration:
            pass
        except grpc.RpcError:
            pass
        self.out.put(None)
        return self.call.code(), self.call.details(), last

    def close(self):
        self.out.put(None)
        self.call.cancel()


class Foreign:
    def __init__(self, options, pb, folder):
        self.pb = pb
        self.office = options.office
        self.tree = bytes.fromhex(options.tree)
        self.node = Node(options.host, options.port)
        self.own = read(options.key), read(options.cert)
        self.stranger = make_stranger(folder)
        self.batch = read(options.batch) if options.batch else None

    def hello(self, office=None):
        frame = self.pb.Frame()
        frame.hello.format = 1
        frame.hello.tree = self.tree
        frame.hello.office = self.office if office is None else office
        frame.hello.credit_bytes = 16 << 20
        return frame.SerializeToString()

    def refused(self, messages_out, code, who=None, reason=None, method='Exchange', compression=None):
        """The call must end with that status and say why."""
        with self.node.channel(*(who or self.own)) as channel:
            exchange = Exchange(channel, method, compression)
            for message in messages_out:
                exchange.say(message)
            got, details, _ = exchange.end()
        assert got in (code if isinstance(code, tuple) else (code,)), '%s: %s' % (got, details)
        assert details, 'no reason is stated'
        assert reason is None or reason in details, details

    def greeted(self, exchange):
        """Hello both ways until the parent says that it is ready for batches."""
        exchange.say(self.hello())
        first = self.pb.Frame.FromString(exchange.hear())
        assert first.WhichOneof('body') == 'hello', first.WhichOneof('body')
        assert first.hello.format == 1 and first.hello.tree == self.tree
        while self.pb.Frame.FromString(exchange.hear()).WhichOneof('body') != 'ready':
            pass

    def answer(self, batch):
        """Kinds of frames the node sends after a batch until it acknowledges, refuses or hangs up."""
        with self.node.channel(*self.own) as channel:
            exchange = Exchange(channel)
            self.greeted(exchange)
            exchange.say(batch)
            try:
                while True:
                    kind = self.pb.Frame.FromString(exchange.hear()).WhichOneof('body')
                    if kind in ('acknowledgements', 'refusal'):
                        exchange.close()
                        return kind
            except grpc.RpcError as error:
                assert error.details(), 'no reason is stated'
                return str(error.code()) + ' ' + error.details()

    # --- the cases ---

    def good_hello(self):
        with self.node.channel(*self.own) as channel:
            exchange = Exchange(channel)
            self.greeted(exchange)
            exchange.close()

    def garbage(self):
        for data in (b'\xff' * 100, b'\x0a\xff\xff\xff\xff\x0f', b'GET / HTTP/1.1\r\n\r\n'):
            self.refused([data], grpc.StatusCode.FAILED_PRECONDITION, reason='malformed')

    def empty_frame(self):
        self.refused([b''], grpc.StatusCode.FAILED_PRECONDITION)

    def truncated(self):
        self.refused([self.hello()[:-3]], grpc.StatusCode.FAILED_PRECONDITION, reason='malformed')

    def oversized(self):
        self.refused([b'\0' * (FRAME_MAX + 1)], grpc.StatusCode.RESOURCE_EXHAUSTED)

    def compressed(self):
        self.refused([b'\0' * (4 << 20)], (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNIMPLEMENTED),
                     compression=grpc.Compression.Gzip)

    def no_certificate(self):
        self.refused([self.hello()], grpc.StatusCode.UNAVAILABLE, who=(None, None))

    def unauthorised(self):
        self.refused([self.hello()], grpc.StatusCode.PERMISSION_DENIED, who=self.stranger, reason='directory')

    def unknown_method(self):
        self.refused([b''], grpc.StatusCode.UNIMPLEMENTED, method='Destroy')

    def wrong_office(self):
        self.refused([self.hello(self.office + 1)], grpc.StatusCode.FAILED_PRECONDITION)

    def garbled_enrolment(self):
        with self.node.channel(*self.stranger) as channel:
            try:
                channel.unary_unary(SERVICE + 'Enrol')(b'\xff' * 64, timeout=WAIT_S)
            except grpc.RpcError as error:
                assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error.code()
                assert error.details()
                return
        raise AssertionError('garbage was answered')

    def replayed_batch(self):
        for _ in range(2):
            answer = self.answer(self.batch)
            assert answer == 'acknowledgements', answer

    def flipped_batch(self):
        for part in ('header', 'signature'):
            frame = self.pb.Frame.FromString(self.batch)
            data = bytearray(getattr(frame.batch, part))
            data[len(data) // 2] ^= 1
            setattr(frame.batch, part, bytes(data))
            answer = self.answer(frame.SerializeToString())
            assert answer != 'acknowledgements', part


CASES = [
    ('good hello', Foreign.good_hello, False),
    ('garbage frames', Foreign.garbage, False),
    ('an empty frame', Foreign.empty_frame, False),
    ('truncated frame', Foreign.truncated, False),
    ('oversized frame', Foreign.oversized, False),
    ('compressed frame', Foreign.compressed, False),
    ('no client certificate', Foreign.no_certificate, False),
    ('unauthorised certificate', Foreign.unauthorised, False),
    ('unknown method', Foreign.unknown_method, False),
    ('wrong office in hello', Foreign.wrong_office, False),
    ('garbled enrolment', Foreign.garbled_enrolment, False),
    ('a batch sent before is acknowledged again', Foreign.replayed_batch, True),
    ('a batch with a flipped byte is not acknowledged', Foreign.flipped_batch, True),
    ('the node is alive and greets', Foreign.good_hello, False),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--host', required=True)
    parser.add_argument('--port', type=int, required=True)
    parser.add_argument('--cert', required=True, help='certificate of a child in the node\'s directory (PEM)')
    parser.add_argument('--key', required=True, help='its key (PEM)')
    parser.add_argument('--office', type=int, required=True, help='number of that child')
    parser.add_argument('--tree', required=True, help='hex digest of the tree\'s root key')
    parser.add_argument('--proto', required=True, help='federation.proto')
    parser.add_argument('--batch', help='a Frame with a batch of that child which the node has landed')
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        foreign = Foreign(options, messages(options.proto, folder), folder)
        print('1..%d' % len(CASES))
        for number, (name, case, needs_batch) in enumerate(CASES, 1):
            if needs_batch and foreign.batch is None:
                print('ok %d - %s # SKIP no --batch' % (number, name), flush=True)
                continue
            try:
                case(foreign)
                print('ok %d - %s' % (number, name), flush=True)
            except (AssertionError, grpc.RpcError, StopIteration, DecodeError) as error:
                failed += 1
                print('not ok %d - %s\n# %s' % (number, name, repr(error).replace('\n', '\n# ')), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
