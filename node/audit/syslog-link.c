/* SPDX-License-Identifier: Apache-2.0 */
/* One TLS line to a collector. There is no answer in this protocol: what TCP has acknowledged is what we may
 * forget. */

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/sockios.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <node/text.h>

#include "syslog.h"

#define WAIT_MS 5000
#define DRAIN_STEP_MS 20
#define FINGERPRINT_BYTES 32

struct SyslogLink {
        SSL_CTX *context;
        SSL *ssl;
        int fd;
};

SyslogLink *syslog_link_close(SyslogLink *link) {
        if (!link)
                return NULL;
        if (link->ssl) {
                (void) SSL_shutdown(link->ssl);
                SSL_free(link->ssl);
        }
        SSL_CTX_free(link->context);
        if (link->fd >= 0)
                close(link->fd);
        free(link);
        return NULL;
}

static int connect_one(const struct addrinfo *address, int *ret_fd) {
        const struct timeval wait = { .tv_sec = WAIT_MS / 1000 };
        int fd = socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                address->ai_protocol);
        struct pollfd ready = { .fd = fd, .events = POLLOUT };
        int error = 0;
        socklen_t size = sizeof(error);

        if (fd < 0)
                return -errno;
        if (connect(fd, address->ai_addr, address->ai_addrlen) < 0 && errno != EINPROGRESS)
                error = errno;
        else if (poll(&ready, 1, WAIT_MS) <= 0)
                error = ETIMEDOUT;
        else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
                error = errno;
        if (error == 0 && (fcntl(fd, F_SETFL, 0) < 0 ||
                                  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) < 0 ||
                                  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) < 0))
                error = errno;
        if (error != 0) {
                close(fd);
                return -error;
        }
        *ret_fd = fd;
        return 0;
}

static int socket_open(const char *host, const char *port, int *ret_fd) {
        const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
        struct addrinfo *list = NULL;
        int r = -EHOSTUNREACH;

        if (getaddrinfo(host, port, &hints, &list) != 0)
                return r;
        for (const struct addrinfo *at = list; at && r < 0; at = at->ai_next)
                r = connect_one(at, ret_fd);
        freeaddrinfo(list);
        return r;
}

/* A pinned certificate is taken for what it is, whoever issued it. */
static int pin_check(SSL *ssl, const char *pin) {
        uint8_t wanted[FINGERPRINT_BYTES], got[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        X509 *certificate = SSL_get1_peer_certificate(ssl);

        bool same = certificate && hex_decode(pin, wanted, sizeof(wanted)) == 0 &&
                    strlen(pin) == 2 * sizeof(wanted) &&
                    X509_digest(certificate, EVP_sha256(), got, &size) == 1 && size == sizeof(wanted) &&
                    memcmp(wanted, got, sizeof(wanted)) == 0;
        X509_free(certificate);
        return same ? 0 : -EACCES;
}

static int tls_begin(SyslogLink *link, const SyslogOptions *options, const char *host) {
        bool pinned = !text_empty(options->pin);

        link->context = SSL_CTX_new(TLS_client_method());
        if (!link->context || SSL_CTX_set_min_proto_version(link->context, TLS1_2_VERSION) != 1)
                return -ENOMEM;
        if (!pinned && SSL_CTX_load_verify_file(link->context, options->ca) != 1)
                return -EACCES;
        SSL_CTX_set_verify(link->context, pinned ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
        link->ssl = SSL_new(link->context);
        if (!link->ssl || SSL_set_fd(link->ssl, link->fd) != 1 ||
                SSL_set_tlsext_host_name(link->ssl, host) != 1 ||
                (!pinned && SSL_set1_host(link->ssl, host) != 1))
                return -ENOMEM;
        if (SSL_connect(link->ssl) != 1)
                return SSL_get_verify_result(link->ssl) != X509_V_OK ? -EACCES : -ENOTCONN;
        return pinned ? pin_check(link->ssl, options->pin) : 0;
}

int syslog_link_open(const SyslogOptions *options, SyslogLink **ret) {
        _cleanup_(syslog_link_closep) SyslogLink *link = calloc(1, sizeof(*link));
        const char *colon = strrchr(options->address, ':');
        char host[256];

        if (!link)
                return -ENOMEM;
        link->fd = -1;
        if (!colon || colon == options->address || (size_t) (colon - options->address) >= sizeof(host))
                return -EINVAL;
        memcpy(host, options->address, (size_t) (colon - options->address));
        host[colon - options->address] = 0;
        int r = socket_open(host, colon + 1, &link->fd);
        if (r == 0)
                r = tls_begin(link, options, host);
        if (r == 0)
                *ret = TAKE_PTR(link);
        return r;
}

bool syslog_link_alive(SyslogLink *link) {
        struct pollfd ready = { .fd = link->fd, .events = POLLIN };
        char ignored[256];

        if (poll(&ready, 1, 0) == 0)
                return true;
        if (ready.revents & (POLLERR | POLLHUP))
                return false;
        int n = SSL_read(link->ssl, ignored, sizeof(ignored)); /* tickets of TLS 1.3 arrive so */
        return n > 0 || SSL_get_error(link->ssl, n) == SSL_ERROR_WANT_READ;
}

int syslog_link_send(SyslogLink *link, const void *data, size_t size) {
        struct pollfd broken = { .fd = link->fd };
        size_t written = 0;
        int waiting = 0;

        if (SSL_write_ex(link->ssl, data, size, &written) != 1 || written != size)
                return -ENOTCONN;
        for (int waited = 0; waited < WAIT_MS; waited += DRAIN_STEP_MS) {
                if (ioctl(link->fd, SIOCOUTQ, &waiting) < 0)
                        return -errno;
                if (waiting == 0)
                        return 0;
                if (poll(&broken, 1, DRAIN_STEP_MS) > 0)
                        return -ENOTCONN;
        }
        return -ETIMEDOUT;
}
