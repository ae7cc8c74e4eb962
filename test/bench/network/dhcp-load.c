/*
 * Asks a boot server at a steady rate and says how long the answers took, as one line of JSON.
 *
 *   dhcp-load OWN SERVER PORT key=value...
 *
 *   rate=1000     questions a second
 *   seconds=3
 *   clients=0     so many MAC addresses in turn; 0: another one for each question
 *   first=0       number of the first MAC address
 *   stage=offer   `offer`: DISCOVER as a relay at OWN sends it, from port 67; `second`: REQUEST to PORT of a client with address OWN
 *
 * Relayed, so that no reply is broadcast and every server can be asked in the same way.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static uint8_t packet[400];
static size_t length = 240;
static size_t guid_at;

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void add(uint8_t code, const void *data, uint8_t size)
{
    packet[length++] = code;
    packet[length++] = size;
    memcpy(packet + length, data, size);
    length += size;
}

/* What x64 firmware sends (boot-standards 2.2). */
static void build(int second, struct in_addr own)
{
    static const uint8_t cookie[] = {99, 130, 83, 99}, wanted[] = {1, 3, 6, 12, 15, 43, 51, 54, 60, 66, 67, 97};
    static const char vendor[] = "PXEClient:Arch:00007:UNDI:003016";
    uint8_t type = second ? 3 : 1, guid[17] = {0};
    packet[0] = 1, packet[1] = 1, packet[2] = 6, packet[3] = second ? 0 : 1;
    memcpy(packet + (second ? 12 : 24), &own, 4);
    memcpy(packet + 236, cookie, 4);
    add(53, &type, 1);
    add(57, (uint8_t[]){5, 192}, 2);
    add(55, wanted, sizeof wanted);
    guid_at = length + 2;
    add(97, guid, sizeof guid);
    add(94, (uint8_t[]){1, 3, 16}, 3);
    add(93, (uint8_t[]){0, 7}, 2);
    add(60, vendor, sizeof vendor - 1);
    packet[length++] = 255;
    if (length < 300) length = 300;
}

/* The number of the question goes into xid, that of the client into MAC address and GUID. */
static void number(uint32_t question, uint32_t client)
{
    uint32_t xid = htonl(question), low = htonl(client);
    memcpy(packet + 4, &xid, 4);
    packet[28] = 2, packet[29] = 0x42;
    memcpy(packet + 30, &low, 4);
    packet[guid_at + 1] = 0x42;
    memcpy(packet + guid_at + 13, &low, 4);
}

static long value(int count, char **list, const char *name, long otherwise)
{
    for (int at = 4; at < count; at++)
        if (!strncmp(list[at], name, strlen(name)) && list[at][strlen(name)] == '=') return atol(list[at] + strlen(name) + 1);
    return otherwise;
}

int main(int count, char **list)
{
    if (count < 4) return 2;
    long rate = value(count, list, "rate", 1000), seconds = value(count, list, "seconds", 3);
    long clients = value(count, list, "clients", 0), first = value(count, list, "first", 0), total = rate * seconds;
    int second = 0, received, buffer = 8 << 20, yes = 1;
    for (int at = 4; at < count; at++) second |= !strcmp(list[at], "stage=second");
    struct sockaddr_in own = {.sin_family = AF_INET}, server = {.sin_family = AF_INET};
    inet_pton(AF_INET, list[1], &own.sin_addr);
    inet_pton(AF_INET, list[2], &server.sin_addr);
    own.sin_port = htons(second ? 4011 : 67);
    server.sin_port = htons((uint16_t)atoi(list[3]));
    int64_t *asked = calloc((size_t)total, sizeof *asked), *took = calloc((size_t)total, sizeof *took);
    int socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (socket_ < 0 || !asked || !took) return 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    prctl(PR_SET_TIMERSLACK, 1UL);
    if (bind(socket_, (void *)&own, sizeof own)) {
        perror("bind");
        return 1;
    }
    build(second, own.sin_addr);
    uint32_t base = (uint32_t)nanoseconds();
    long sent = 0, heard = 0, again = 0;
    int64_t begin = nanoseconds(), last = begin;
    while (heard < total) {
        int64_t now = nanoseconds();
        if (sent == total && now - last > INT64_C(2000000000)) break;
        for (; sent < total && now >= begin + (int64_t)((double)sent * 1e9 / (double)rate); sent++) {
            number(base + (uint32_t)sent, (uint32_t)(first + (clients ? sent % clients : sent)));
            asked[sent] = last = nanoseconds();
            if (sendto(socket_, packet, length, 0, (void *)&server, sizeof server) < 0) break;
        }
        struct pollfd wait = {.fd = socket_, .events = POLLIN};
        int64_t next = sent < total ? begin + (int64_t)((double)sent * 1e9 / (double)rate) - nanoseconds() : 20000000;
        struct timespec time = {0, next < 0 ? 0 : next > 20000000 ? 20000000 : next};
        if (ppoll(&wait, 1, &time, NULL) <= 0) continue;
        uint8_t reply[2048];
        while ((received = (int)recv(socket_, reply, sizeof reply, 0)) > 0) {
            uint32_t xid;
            memcpy(&xid, reply + 4, 4);
            long question = (long)(uint32_t)(ntohl(xid) - base);
            if (received < 240 || reply[0] != 2 || question >= total) continue;
            if (asked[question] == 0) {
                again++;
                continue;
            }
            took[heard++] = nanoseconds() - asked[question];
            asked[question] = 0;
        }
    }
    qsort(took, (size_t)heard, sizeof *took, compare);
    double at50 = heard ? (double)took[heard / 2] / 1e3 : 0, at99 = heard ? (double)took[heard * 99 / 100] / 1e3 : 0;
    double most = heard ? (double)took[heard - 1] / 1e3 : 0;
    printf("{\"sent\":%ld,\"heard\":%ld,\"again\":%ld,\"p50\":%.0f,\"p99\":%.0f,\"max\":%.0f}\n", sent, heard, again, at50, at99, most);
    return 0;
}
