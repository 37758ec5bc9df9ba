/*
 * The line settings of a terminal, read and set in this process. Node cannot do it, and `stty` costs a process each time:
 * some ten milliseconds that a person would wait for their command.
 *
 * Settings travel as text, in the form that GNU `stty -g` prints: input, output, control and local flags and the
 * control characters, in hexadecimal, with colons between.
 */
#include <errno.h>
#include <node_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "recorder.h"
#include "relay.h"
#include "sequences.h"

#define FLAGS 4
#define LONGEST_SETTINGS 1024

static int descriptor_of(napi_env env, napi_value value) {
	int32_t fd = -1;
	return napi_get_value_int32(env, value, &fd) == napi_ok ? fd : -1;
}

static napi_value nothing(napi_env env) {
	napi_value result;
	return napi_get_undefined(env, &result) == napi_ok ? result : NULL;
}

static napi_value truth(napi_env env, int value) {
	napi_value result;
	return napi_get_boolean(env, value != 0, &result) == napi_ok ? result : NULL;
}

static int arguments(napi_env env, napi_callback_info info, size_t wanted, napi_value *values) {
	size_t count = wanted;
	return napi_get_cb_info(env, info, &count, values, NULL, NULL) == napi_ok && count == wanted;
}

/* An interrupted call is made again: a signal must not leave a terminal half changed. */
static int apply(int fd, const struct termios *settings) {
	int result;
	do result = tcsetattr(fd, TCSANOW, settings);
	while (result == -1 && errno == EINTR);
	return result == 0;
}

/* read(fd) → its settings as text; undefined where `fd` is no terminal. */
static napi_value read_settings(napi_env env, napi_callback_info info) {
	napi_value values[1], result;
	struct termios now;
	char text[LONGEST_SETTINGS];
	if (!arguments(env, info, 1, values) || tcgetattr(descriptor_of(env, values[0]), &now) != 0) return nothing(env);
	int length = snprintf(text, sizeof text, "%lx:%lx:%lx:%lx", (unsigned long)now.c_iflag, (unsigned long)now.c_oflag,
						  (unsigned long)now.c_cflag, (unsigned long)now.c_lflag);
	for (int i = 0; i < NCCS; i++)
		length += snprintf(text + length, sizeof text - (size_t)length, ":%lx", (unsigned long)now.c_cc[i]);
	return napi_create_string_latin1(env, text, (size_t)length, &result) == napi_ok ? result : NULL;
}

static int parse(const char *text, struct termios *into) {
	unsigned long fields[FLAGS + NCCS];
	char *end = NULL;
	for (int i = 0; i < FLAGS + NCCS; i++) {
		fields[i] = strtoul(text, &end, 16);
		if (end == text || *end != (i + 1 < FLAGS + NCCS ? ':' : '\0')) return 0;
		text = end + 1;
	}
	into->c_iflag = (tcflag_t)fields[0];
	into->c_oflag = (tcflag_t)fields[1];
	into->c_cflag = (tcflag_t)fields[2];
	into->c_lflag = (tcflag_t)fields[3];
	for (int i = 0; i < NCCS; i++) into->c_cc[i] = (cc_t)fields[FLAGS + i];
	return 1;
}

/* write(fd, settings) → whether the terminal has them now. */
static napi_value write_settings(napi_env env, napi_callback_info info) {
	napi_value values[2];
	struct termios next;
	char text[LONGEST_SETTINGS];
	size_t length;
	if (!arguments(env, info, 2, values)) return truth(env, 0);
	int fd = descriptor_of(env, values[0]);
	if (napi_get_value_string_latin1(env, values[1], text, sizeof text, &length) != napi_ok) return truth(env, 0);
	/* The speeds are not part of the text: they stay. */
	return truth(env, tcgetattr(fd, &next) == 0 && parse(text, &next) && apply(fd, &next));
}

/* makeTransparent(fd) → whether the terminal now passes every byte as it is, in and out, and echoes none. */
static napi_value make_transparent(napi_env env, napi_callback_info info) {
	napi_value values[1];
	struct termios next;
	if (!arguments(env, info, 1, values)) return truth(env, 0);
	int fd = descriptor_of(env, values[0]);
	if (tcgetattr(fd, &next) != 0) return truth(env, 0);
	next.c_iflag = 0; /* as `stty raw`: also IUTF8, which only matters to a terminal that edits lines itself */
	next.c_oflag &= ~(tcflag_t)OPOST;
	next.c_lflag &= ~(tcflag_t)(ICANON | ISIG | IEXTEN | ECHO);
	next.c_cc[VMIN] = 1;
	next.c_cc[VTIME] = 0;
	return truth(env, apply(fd, &next));
}

static int set(napi_env env, napi_value object, const char *name, napi_value value) {
	return value != NULL && napi_set_named_property(env, object, name, value) == napi_ok;
}

/* discipline(fd) → { canonical, signals, suspend }: how control characters are treated; undefined where it is no terminal. */
static napi_value discipline(napi_env env, napi_callback_info info) {
	napi_value values[1], result, suspend;
	struct termios now;
	if (!arguments(env, info, 1, values) || tcgetattr(descriptor_of(env, values[0]), &now) != 0) return nothing(env);
	if (napi_create_object(env, &result) != napi_ok) return NULL;
	if (napi_create_uint32(env, now.c_cc[VSUSP], &suspend) != napi_ok) return NULL;
	int complete = set(env, result, "canonical", truth(env, (now.c_lflag & ICANON) != 0)) &&
				   set(env, result, "signals", truth(env, (now.c_lflag & ISIG) != 0)) &&
				   set(env, result, "suspend", suspend);
	return complete ? result : NULL;
}

static void offer(napi_env env, napi_value exports, const char *name, napi_callback call) {
	napi_value function;
	if (napi_create_function(env, name, NAPI_AUTO_LENGTH, call, NULL, &function) == napi_ok)
		set(env, exports, name, function);
}

NAPI_MODULE_INIT() {
	offer(env, exports, "read", read_settings);
	offer(env, exports, "write", write_settings);
	offer(env, exports, "makeTransparent", make_transparent);
	offer(env, exports, "discipline", discipline);
	offer(env, exports, "relay", relay);
	offer(env, exports, "startRecorder", start_recorder);
	offer(env, exports, "reap", reap);
	offer(env, exports, "pickSequences", pick_sequences);
	return exports;
}
