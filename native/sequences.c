/*
 * Picks out of a terminal's output what may switch a mode, so that the rest, which is nearly all, need not be looked at in
 * JavaScript. It follows the states of `src/terminal/mode-tracker.ts`; a test holds the two together.
 */
#include "sequences.h"

#include <stdint.h>
#include <string.h>

#define ESC 0x1b
#define MAX_PARAMETERS 64
#define SCROLL_REGION 'r'

struct piece {
	const uint8_t *bytes;
	size_t length;
};

static int is_parameter(uint8_t byte) { return byte >= 0x30 && byte <= 0x3b; }

static int is_final(uint8_t byte) { return byte >= 0x40 && byte < 0x7f; }

/* Where a colour, a move or the like ends, of which none is a mode; 0 where it is anything else, or not whole. */
static size_t end_of_common(struct piece piece, size_t start) {
	size_t at = start + 2;
	if (at >= piece.length || piece.bytes[start + 1] != '[') return 0;
	while (at < piece.length && is_parameter(piece.bytes[at])) at++;
	if (at == piece.length || !is_final(piece.bytes[at]) || piece.bytes[at] == SCROLL_REGION) return 0;
	return at + 1;
}

static size_t end_of_control(struct piece piece, size_t at) {
	size_t parameters = 0;
	for (; at < piece.length; at++) {
		uint8_t byte = piece.bytes[at];
		if (byte == ESC) return at; /* the next one begins */
		if (byte >= 0x40 || (byte >= 0x20 && ++parameters > MAX_PARAMETERS)) return at + 1;
	}
	return at;
}

/* Where text begins again, or another sequence. */
static size_t end_of_any(struct piece piece, size_t start) {
	size_t at = start + 1;
	if (at == piece.length || piece.bytes[at] == ESC) return at;
	return piece.bytes[at] == '[' ? end_of_control(piece, at + 1) : at + 1;
}

static size_t pick(struct piece piece, uint8_t *into) {
	size_t picked = 0;
	const uint8_t *found;
	for (size_t at = 0; at < piece.length && (found = memchr(piece.bytes + at, ESC, piece.length - at)) != NULL;) {
		size_t start = (size_t)(found - piece.bytes);
		at = end_of_common(piece, start);
		if (at != 0) continue;
		at = end_of_any(piece, start);
		memcpy(into + picked, found, at - start);
		picked += at - start;
	}
	return picked;
}

napi_value pick_sequences(napi_env env, napi_callback_info info) {
	napi_value values[3], result;
	size_t count = 3, length, room;
	uint32_t from;
	void *bytes, *into;
	if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count != 3 ||
		napi_get_buffer_info(env, values[0], &bytes, &length) != napi_ok ||
		napi_get_value_uint32(env, values[1], &from) != napi_ok ||
		napi_get_buffer_info(env, values[2], &into, &room) != napi_ok || from > length || length - from > room)
		return NULL;
	size_t picked = pick((struct piece){(const uint8_t *)bytes + from, length - from}, into);
	return napi_create_uint32(env, (uint32_t)picked, &result) == napi_ok ? result : NULL;
}
