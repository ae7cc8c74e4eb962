/*
 * libwim's codecs over a file of chunks (chunk-files.ts), to be compared with codec-process.ts: one pass to warm up, then PASSES.
 * Prints user CPU time and wall time of one pass and the bytes that came out as JSON. `npm run bench` compiles it against the
 * library that wimtools brings; the functions are declared here, so that no header is needed.
 *
 *     libwim-codec decode|compress lzx|xpress FILE PASSES
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct wimlib_compressor;
struct wimlib_decompressor;
int wimlib_create_compressor(int type, size_t most, unsigned level, struct wimlib_compressor **made);
size_t wimlib_compress(const void *data, size_t size, void *to, size_t room, struct wimlib_compressor *compressor);
int wimlib_create_decompressor(int type, size_t most, struct wimlib_decompressor **made);
int wimlib_decompress(const void *data, size_t size, void *to, size_t wanted, struct wimlib_decompressor *decompressor);

#define CHUNK 32768

static void fail(const char *why)
{
	fprintf(stderr, "libwim-codec: %s\n", why);
	exit(1);
}

static double user_seconds(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6;
}

static double wall_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 5)
		fail("decode|compress lzx|xpress FILE PASSES");
	const int decoding = strcmp(argv[1], "decode") == 0;
	const int type = strcmp(argv[2], "lzx") == 0 ? 2 : 1;
	const int passes = atoi(argv[4]);

	FILE *file = fopen(argv[3], "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		fail("cannot open the chunks");
	const size_t size = ftell(file);
	uint8_t *chunks = malloc(size);
	rewind(file);
	if (!chunks || fread(chunks, 1, size, file) != size)
		fail("cannot read the chunks");

	struct wimlib_compressor *compressor;
	struct wimlib_decompressor *decompressor;
	if (wimlib_create_compressor(type, CHUNK, 0, &compressor) || wimlib_create_decompressor(type, CHUNK, &decompressor))
		fail("libwim has no such codec");

	static uint8_t result[CHUNK];
	double user = 0, wall = 0;
	size_t total = 0;
	for (int pass = -1; pass < passes; pass++) {
		if (pass == 0) {
			user = user_seconds();
			wall = wall_seconds();
		}
		total = 0;
		for (size_t at = 0; at < size;) {
			uint32_t sizes[2]; /* uncompressed, stored */
			memcpy(sizes, chunks + at, 8);
			at += 8;
			if (decoding) {
				if (wimlib_decompress(chunks + at, sizes[1], result, sizes[0], decompressor))
					fail("a chunk is refused");
				total += sizes[0];
			} else {
				const size_t made = wimlib_compress(chunks + at, sizes[0], result, sizes[0] - 1, compressor);
				total += made == 0 ? sizes[0] : made;
			}
			at += sizes[1];
		}
	}
	printf("{\"cpu\":%.6f,\"wall\":%.6f,\"size\":%zu}\n", (user_seconds() - user) / passes, (wall_seconds() - wall) / passes,
	       total);
	return 0;
}
