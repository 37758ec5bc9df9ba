/*
 * The way of a flood: from the command's terminal to the person's, without a turn of the event loop for each four kilobytes
 * that the system hands over at once. Nothing here waits for longer than it is told, and a key that was typed ends it.
 */
#include "relay.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#define ARGUMENTS 6
/* Between two looks at the keyboard: what the system takes at once. */
#define STEP_BYTES 4096

struct way {
	int from, to, keys;
	uint8_t *room;
	size_t size, filled, written;
	int64_t until; /* microseconds of the steady clock */
};

static int64_t steady_time(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Whether the person's terminal takes more before a key is typed or the time is over. A negative descriptor is never ready. */
static int takes_more(const struct way *way) {
	struct pollfd both[2] = {{.fd = way->to, .events = POLLOUT}, {.fd = way->keys, .events = POLLIN}};
	int64_t left = way->until - steady_time();
	if (left <= 0 || poll(both, 2, (int)(left / 1000 + 1)) <= 0) return 0; /* also a signal: it is to be heard */
	return both[1].revents == 0 && (both[0].revents & POLLOUT) != 0;
}

/* Whether all of it is on the person's terminal. */
static int write_all(struct way *way) {
	while (way->written < way->filled) {
		ssize_t count = write(way->to, way->room + way->written, way->filled - way->written);
		if (count > 0) way->written += (size_t)count;
		else if (count == 0 || (errno != EINTR && errno != EAGAIN)) return 0;
		else if (errno == EAGAIN && !takes_more(way)) return 0;
	}
	return 1;
}

/* Whether there was more. */
static int read_more(struct way *way) {
	size_t free = way->size - way->filled;
	ssize_t count = free == 0 ? 0 : read(way->from, way->room + way->filled, free < STEP_BYTES ? free : STEP_BYTES);
	if (count <= 0) return 0;
	way->filled += (size_t)count;
	return 1;
}

static int is_key_waiting(int keys) {
	struct pollfd one = {.fd = keys, .events = POLLIN};
	return keys >= 0 && poll(&one, 1, 0) != 0;
}

static void go(struct way *way) {
	while (write_all(way) && !is_key_waiting(way->keys) && steady_time() < way->until && read_more(way)) continue;
}

static int read_arguments(napi_env env, napi_callback_info info, struct way *way) {
	napi_value values[ARGUMENTS];
	size_t count = ARGUMENTS;
	int32_t numbers[ARGUMENTS];
	void *room;
	if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count != ARGUMENTS) return 0;
	for (int i = 0; i < ARGUMENTS; i++)
		if (i != 3 && napi_get_value_int32(env, values[i], &numbers[i]) != napi_ok) return 0;
	if (napi_get_buffer_info(env, values[3], &room, &way->size) != napi_ok) return 0;
	if (numbers[4] < 0 || (size_t)numbers[4] > way->size) return 0;
	way->from = numbers[0];
	way->to = numbers[1];
	way->keys = numbers[2];
	way->room = room;
	way->filled = (size_t)numbers[4];
	way->written = 0;
	way->until = steady_time() + numbers[5];
	return 1;
}

static int name_number(napi_env env, napi_value object, const char *name, size_t number) {
	napi_value value;
	return napi_create_uint32(env, (uint32_t)number, &value) == napi_ok &&
		   napi_set_named_property(env, object, name, value) == napi_ok;
}

napi_value relay(napi_env env, napi_callback_info info) {
	struct way way;
	napi_value result;
	if (!read_arguments(env, info, &way)) return NULL;
	go(&way);
	if (napi_create_object(env, &result) != napi_ok) return NULL;
	return name_number(env, result, "filled", way.filled) && name_number(env, result, "written", way.written) ? result : NULL;
}
