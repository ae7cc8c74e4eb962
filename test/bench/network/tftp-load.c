/*
 * Reads one file by TFTP with many clients at once and says how that went, as one line of JSON.
 *
 *   tftp-load HOST PORT NAME key=value...
 *
 *   clients=1     at once, each with a socket of its own
 *   seconds=3     then all stop (0: until each has read the file `rounds` times)
 *   rounds=0      0: again and again until the time is over
 *   block=1456    window=1   asked for; window 1 asks for none
 *   delay=0       microseconds that every answer is held back: the round trip that the server sees
 *   loss=0        of a million packets, in each direction, by a generator with a fixed seed
 *   wait=1000     milliseconds after which a client repeats what it said last
 *   expect=FILE   what every byte is compared with
 *
 * The receiver's part is that of RFC 7440: an ACK for a whole window, one for a gap.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BATCH 32
#define PACKET 65536

typedef struct {
    int socket, heard, window, in_window, complained, tries, rounds;
    unsigned life;
    long block, last;
    int64_t offset, total, said_at, began, moved;
    size_t length;
    uint8_t said[600];
} client;

typedef struct { int64_t at; int client; unsigned life; size_t length; uint8_t bytes[4]; } answer;

static client *all;
static int clients = 1, rounds, window = 1, wait_ms = 1000, poller;
static long block = 1456, loss;
static int64_t seconds_ns = 3000000000LL, delay_ns;
static const char *name, *expect;
static struct sockaddr_in server;
static const uint8_t *wanted;
static int64_t wanted_size = -1;
static int64_t bytes_in, packets_in, doubled, gaps, timeouts, lost, wrong, failed, completed, finished_clients;
static int64_t shortest = INT64_MAX, longest;
static answer *queue;
static unsigned queue_head, queue_tail;
#define QUEUE 65536
static uint64_t dice = 0x853c49e6748fea9bULL;
static char first_error[160];

static int64_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }

/* PCG-like step, enough for throwing packets away. */
static int thrown(void) {
    if (loss == 0) return 0;
    dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
    if ((long)((dice >> 33) % 1000000) >= loss) return 0;
    lost++;
    return 1;
}

static void transmit(client *c) {
    if (c->heard) { if (!thrown()) (void)!send(c->socket, c->said, c->length, 0); }
    else (void)!sendto(c->socket, c->said, c->length, 0, (struct sockaddr *)&server, sizeof server);
}

static void put(client *c, const char *text) { size_t n = strlen(text) + 1; memcpy(c->said + c->length, text, n); c->length += n; }

static void begin(client *c) {
    char number[24];
    c->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (c->socket < 0) { perror("socket"); exit(2); }
    int size = 4 << 20;
    setsockopt(c->socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)(c - all)};
    epoll_ctl(poller, EPOLL_CTL_ADD, c->socket, &event);
    c->heard = 0; c->window = 1; c->in_window = 0; c->complained = 0; c->tries = 0; c->life++;
    c->block = 512; c->last = 0; c->offset = 0; c->began = c->moved = c->said_at = now();
    c->length = 2; c->said[0] = 0; c->said[1] = 1;
    put(c, name); put(c, "octet");
    put(c, "tsize"); put(c, "0");
    if (block != 512) { put(c, "blksize"); snprintf(number, sizeof number, "%ld", block); put(c, number); }
    if (window > 1) { put(c, "windowsize"); snprintf(number, sizeof number, "%d", window); put(c, number); }
    transmit(c);
}

static void end(client *c, const char *error) {
    if (error) { failed++; if (!first_error[0]) snprintf(first_error, sizeof first_error, "%s", error); }
    else {
        completed++;
        int64_t took = now() - c->began;
        if (took < shortest) shortest = took;
        if (took > longest) longest = took;
        if (wanted && c->offset != wanted_size) wrong++;
    }
    /* An answer that is held back goes now, the last ACK among them. */
    for (unsigned at = queue_head; at != queue_tail; at++) {
        answer *a = &queue[at % QUEUE];
        if (a->client == c - all && a->life == c->life && !error) (void)!send(c->socket, a->bytes, a->length, 0);
        if (a->client == c - all) a->life = 0;
    }
    close(c->socket);
    c->socket = -1;
    c->rounds++;
    if (rounds == 0 || c->rounds < rounds) begin(c);
    else finished_clients++;
}

static void acknowledge(client *c) {
    c->said[0] = 0; c->said[1] = 4; c->said[2] = (uint8_t)(c->last >> 8); c->said[3] = (uint8_t)c->last;
    c->length = 4; c->in_window = 0; c->said_at = now();
    if (delay_ns == 0) { transmit(c); return; }
    if (queue_tail - queue_head == QUEUE) { fprintf(stderr, "too many answers wait\n"); exit(2); }
    answer *a = &queue[queue_tail++ % QUEUE];
    a->at = c->said_at + delay_ns; a->client = (int)(c - all); a->life = c->life; a->length = 4;
    memcpy(a->bytes, c->said, 4);
}

static void options(client *c, const char *text, const char *stop) {
    while (text < stop) {
        const char *value = text + strnlen(text, (size_t)(stop - text)) + 1;
        if (value >= stop) return;
        if (!strcasecmp(text, "blksize")) c->block = atol(value);
        if (!strcasecmp(text, "windowsize")) c->window = atoi(value);
        text = value + strnlen(value, (size_t)(stop - value)) + 1;
    }
}

static void received(client *c, const uint8_t *p, long n, struct sockaddr_in *from) {
    if (n < 4) return;
    if (!c->heard) { connect(c->socket, (struct sockaddr *)from, sizeof *from); c->heard = 1; }
    if (p[1] == 5) { end(c, (const char *)p + 4); return; }
    c->moved = now();
    c->tries = 0;
    if (p[1] == 6) { if (c->last == 0) { options(c, (const char *)p + 2, (const char *)p + n); acknowledge(c); } return; }
    if (p[1] != 3) return;
    packets_in++;
    if (thrown()) return;
    uint16_t number = (uint16_t)(p[2] << 8 | p[3]);
    int16_t ahead = (int16_t)(number - (uint16_t)(c->last + 1));
    if (ahead < 0) {
        doubled++;
        /* The window's end again: the ACK of it was lost. */
        if (ahead == -1 && c->in_window == 0 && c->moved - c->said_at > delay_ns + 200000) acknowledge(c);
        return;
    }
    if (ahead > 0) { if (!c->complained) { c->complained = 1; gaps++; acknowledge(c); } return; }
    long length = n - 4;
    if (length > c->block) { wrong++; return; }
    if (wanted && (c->offset + length > wanted_size || memcmp(wanted + c->offset, p + 4, (size_t)length))) wrong++;
    c->offset += length; c->total += length; bytes_in += length; c->last++; c->complained = 0;
    int whole = length < c->block;
    if (whole || ++c->in_window >= c->window) acknowledge(c);
    if (whole) end(c, NULL);
}

static void repeat_late(int64_t at) {
    for (int i = 0; i < clients; i++) {
        client *c = &all[i];
        if (c->socket < 0 || at - c->moved < wait_ms * 1000000LL) continue;
        timeouts++;
        c->moved = at;
        c->complained = 0;
        if (++c->tries > 30) end(c, "no answer"); else if (c->heard) acknowledge(c); else transmit(c);
    }
}

int main(int count, char **words) {
    if (count < 4) return 2;
    server.sin_family = AF_INET;
    inet_pton(AF_INET, words[1], &server.sin_addr);
    server.sin_port = htons((uint16_t)atoi(words[2]));
    name = words[3];
    for (int i = 4; i < count; i++) {
        char *value = strchr(words[i], '=');
        if (!value) return 2;
        *value++ = 0;
        const char *key = words[i];
        if (!strcmp(key, "clients")) clients = atoi(value);
        else if (!strcmp(key, "seconds")) seconds_ns = (int64_t)(atof(value) * 1e9);
        else if (!strcmp(key, "rounds")) rounds = atoi(value);
        else if (!strcmp(key, "block")) block = atol(value);
        else if (!strcmp(key, "window")) window = atoi(value);
        else if (!strcmp(key, "delay")) delay_ns = atoll(value) * 1000;
        else if (!strcmp(key, "loss")) loss = atol(value);
        else if (!strcmp(key, "wait")) wait_ms = atoi(value);
        else if (!strcmp(key, "expect")) expect = value;
        else return 2;
    }
    struct rlimit most = {65536, 65536};
    setrlimit(RLIMIT_NOFILE, &most);
    if (expect) {
        int file = open(expect, O_RDONLY);
        struct stat facts;
        if (file < 0 || fstat(file, &facts)) { perror(expect); return 2; }
        wanted_size = facts.st_size;
        wanted = mmap(NULL, (size_t)wanted_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    }
    poller = epoll_create1(0);
    queue = calloc(QUEUE, sizeof *queue);
    all = calloc((size_t)clients, sizeof *all);
    uint8_t *memory = malloc((size_t)BATCH * PACKET);
    struct mmsghdr batch[BATCH];
    struct iovec parts[BATCH];
    struct sockaddr_in from[BATCH];
    struct epoll_event events[128];
    int64_t start = now(), looked = start;
    for (int i = 0; i < clients; i++) begin(&all[i]);
    for (;;) {
        int64_t at = now();
        if (seconds_ns > 0 && at - start >= seconds_ns) break;
        if (rounds > 0 && finished_clients == clients) break;
        while (queue_head != queue_tail && queue[queue_head % QUEUE].at <= at) {
            answer *a = &queue[queue_head++ % QUEUE];
            client *c = &all[a->client];
            if (a->life == c->life && c->socket >= 0 && !thrown()) (void)!send(c->socket, a->bytes, a->length, 0);
        }
        int64_t pause = queue_head == queue_tail ? 5000000 : queue[queue_head % QUEUE].at - at;
        if (pause > 5000000) pause = 5000000;
        struct timespec limit = {0, pause < 0 ? 0 : pause};
        int ready = epoll_pwait2(poller, events, 128, &limit, NULL);
        for (int e = 0; e < ready; e++) {
            client *c = &all[events[e].data.u32];
            unsigned life = c->life;
            if (c->socket < 0) continue;
            for (int i = 0; i < BATCH; i++) {
                parts[i] = (struct iovec){memory + (size_t)i * PACKET, PACKET - 1};
                batch[i].msg_hdr = (struct msghdr){.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &parts[i], .msg_iovlen = 1};
            }
            int got = recvmmsg(c->socket, batch, BATCH, MSG_DONTWAIT, NULL);
            if (got < 0 && errno == ECONNREFUSED) end(c, "refused");
            for (int i = 0; i < got && c->life == life && c->socket >= 0; i++) {
                memory[(size_t)i * PACKET + batch[i].msg_len] = 0;
                received(c, memory + (size_t)i * PACKET, batch[i].msg_len, &from[i]);
            }
        }
        if (at - looked > 5000000) { looked = at; repeat_late(at); }
    }
    double seconds = (double)(now() - start) / 1e9;
    int64_t least = INT64_MAX, greatest = 0;
    for (int i = 0; i < clients; i++) {
        if (all[i].total < least) least = all[i].total;
        if (all[i].total > greatest) greatest = all[i].total;
        static const uint8_t enough[] = {0, 5, 0, 0, 'o', 'v', 'e', 'r', 0};
        if (all[i].socket >= 0 && all[i].heard) (void)!send(all[i].socket, enough, sizeof enough, 0);
    }
    printf("{\"seconds\":%.4f,\"bytes\":%lld,\"packets\":%lld,\"completed\":%lld,\"failed\":%lld,\"timeouts\":%lld,\"gaps\":%lld,"
           "\"doubled\":%lld,\"lost\":%lld,\"wrong\":%lld,\"least\":%lld,\"greatest\":%lld,\"shortest\":%.4f,\"longest\":%.4f,\"error\":\"%s\"}\n",
           seconds, (long long)bytes_in, (long long)packets_in, (long long)completed, (long long)failed, (long long)timeouts,
           (long long)gaps, (long long)doubled, (long long)lost, (long long)wrong, (long long)least, (long long)greatest,
           completed ? (double)shortest / 1e9 : 0, (double)longest / 1e9, first_error);
    return wrong ? 3 : 0;
}
