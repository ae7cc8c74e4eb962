/*
 * Asks for one file by HTTP with many clients at once, again and again, and says how that went, as one line of JSON.
 *
 *   http-load HOST PORT PATH key=value...
 *
 *   clients=1     at once, each with a connection that it keeps
 *   seconds=3     then all stop
 *
 * Bodies are thrown away inside the kernel, so that what is measured is the server.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEAD 4096
#define PIECE (1 << 20)

typedef struct {
    int socket;
    /* Bytes of the head so far, or -1 in the body. */
    int head;
    int64_t left, read, wholes;
    int64_t asked;
    char text[HEAD];
} client;

static client *all;
static int clients = 1;
static double seconds = 3;
static char request[1024];
static int request_length;
static int64_t total, wholes, failed, longest;
static uint8_t *memory;

static int64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void ask(client *one) {
    one->head = 0;
    one->left = -1;
    one->asked = now();
    if (send(one->socket, request, request_length, MSG_NOSIGNAL) != request_length) failed++;
}

/* The length that a whole head names; -1 when it is no 2xx answer. */
static int64_t length_of(const char *head) {
    const char *field = strcasestr(head, "\r\ncontent-length:");
    if (strncmp(head, "HTTP/1.1 2", 10) != 0 || !field) return -1;
    return atoll(field + 17);
}

static void got(client *one, int64_t bytes) {
    total += bytes;
    one->read += bytes;
    one->left -= bytes;
    if (one->left > 0) return;
    int64_t took = now() - one->asked;
    if (took > longest) longest = took;
    one->wholes++;
    wholes++;
    ask(one);
}

/* 0 when the connection is lost. */
static int serve(client *one) {
    for (;;) {
        if (one->left < 0) {
            ssize_t more = recv(one->socket, one->text + one->head, HEAD - 1 - one->head, MSG_DONTWAIT);
            if (more < 0 && errno == EAGAIN) return 1;
            if (more <= 0) return 0;
            one->head += more;
            one->text[one->head] = 0;
            char *end = strstr(one->text, "\r\n\r\n");
            if (!end) {
                if (one->head == HEAD - 1) return 0;
                continue;
            }
            one->left = length_of(one->text);
            if (one->left < 0) return 0;
            got(one, one->text + one->head - (end + 4));
            continue;
        }
        size_t wanted = one->left < 4 * PIECE ? (size_t)one->left : 4 * PIECE;
        ssize_t more = recv(one->socket, memory, wanted, MSG_DONTWAIT | MSG_TRUNC);
        if (more < 0 && errno == EAGAIN) return 1;
        if (more <= 0) return 0;
        got(one, more);
        /* One piece, then the others have their turn. */
        return 1;
    }
}

int main(int count, char **words) {
    if (count < 4) return 2;
    for (int word = 4; word < count; word++) {
        if (!strncmp(words[word], "clients=", 8)) clients = atoi(words[word] + 8);
        else if (!strncmp(words[word], "seconds=", 8)) seconds = atof(words[word] + 8);
        else return 2;
    }
    struct rlimit files = {65536, 65536};
    setrlimit(RLIMIT_NOFILE, &files);
    memory = malloc(4 * PIECE);
    all = calloc(clients, sizeof *all);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(words[2]))};
    if (inet_pton(AF_INET, words[1], &server.sin_addr) != 1) return 2;
    request_length =
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s:%s\r\n\r\n", words[3], words[1], words[2]);
    int poller = epoll_create1(0), live = 0;
    int64_t begun = now();
    for (int number = 0; number < clients; number++) {
        client *one = &all[number];
        one->socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(one->socket, (struct sockaddr *)&server, sizeof server)) {
            perror("connect");
            return 1;
        }
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = number};
        epoll_ctl(poller, EPOLL_CTL_ADD, one->socket, &event);
        live++;
        ask(one);
    }
    int64_t stop = begun + (int64_t)(seconds * 1e9);
    struct epoll_event events[256];
    while (live > 0 && now() < stop) {
        int ready = epoll_wait(poller, events, 256, 100);
        for (int number = 0; number < ready; number++) {
            client *one = &all[events[number].data.u32];
            if (one->socket < 0 || serve(one)) continue;
            close(one->socket);
            one->socket = -1;
            failed++;
            live--;
        }
    }
    double took = (now() - begun) / 1e9;
    int64_t least = INT64_MAX, most = 0;
    for (int number = 0; number < clients; number++) {
        if (all[number].read < least) least = all[number].read;
        if (all[number].read > most) most = all[number].read;
    }
    printf("{\"seconds\":%.3f,\"bytes\":%lld,\"wholes\":%lld,\"failed\":%lld,\"least\":%lld,\"most\":%lld,\"longest\":%.3f}\n",
           took, (long long)total, (long long)wholes, (long long)failed, (long long)least, (long long)most, longest / 1e9);
    return 0;
}
