/*
 * The recorder's start, without a wait for it. What Node offers returns when the new program has been read from the disk: some
 * milliseconds in which the command's first word would lie around.
 */
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHANNELS 2
#define FIRST_CHANNEL 3
/* Above everything that the new process is to have. */
#define OUT_OF_THE_WAY 16
#define MOST_DESCRIPTORS 65536
#define CANNOT_RUN 127

struct start {
	char **words, **environment;
	int niceness;
	int ours[CHANNELS], theirs[CHANNELS];
};

/* ---- In the new process: nothing but what may be called after a fork of one thread among many. ---- */

static void close_from(int first) {
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
#endif
	long most = sysconf(_SC_OPEN_MAX);
	for (int fd = first; fd < (most < 0 || most > MOST_DESCRIPTORS ? MOST_DESCRIPTORS : most); fd++) close(fd);
}

static void forget_signals(void) {
	sigset_t none;
	for (int number = 1; number < NSIG; number++)
		if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int place_descriptors(const struct start *start) {
	int moved[CHANNELS];
	int nothing = open("/dev/null", O_RDWR);
	for (int i = 0; i < CHANNELS; i++)
		if ((moved[i] = fcntl(start->theirs[i], F_DUPFD, OUT_OF_THE_WAY)) < 0) return 0;
	for (int fd = 0; fd < FIRST_CHANNEL; fd++)
		if (dup2(nothing, fd) < 0) return 0;
	for (int i = 0; i < CHANNELS; i++)
		if (dup2(moved[i], FIRST_CHANNEL + i) < 0) return 0;
	close_from(FIRST_CHANNEL + CHANNELS);
	return 1;
}

/*
 * Linux shares the processor among sessions first, and only within each of them by priority: as the only process of a session
 * of its own the recorder would get as much as the command and its terminal together.
 */
static void lower_session(int niceness) {
	char text[16];
	int length = snprintf(text, sizeof text, "%d", niceness);
	int fd = open("/proc/self/autogroup", O_WRONLY);
	if (fd < 0) return;
	ssize_t done = write(fd, text, (size_t)length);
	(void)done; /* where it may not be lowered, it stays as it is */
	close(fd);
}

static void become(const struct start *start) {
	forget_signals();
	setsid();
	setpriority(PRIO_PROCESS, 0, start->niceness);
	lower_session(start->niceness);
	if (place_descriptors(start) && chdir("/") == 0) execve(start->words[0], start->words, start->environment);
	_exit(CANNOT_RUN);
}

/* ---- In ours. ---- */

static pid_t make_process(const struct start *start) {
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); /* our own handlers are not to run in it */
	pid_t pid = fork();
	if (pid == 0) become(start);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return pid;
}

static void close_all(const int *fds, int count) {
	for (int i = 0; i < count; i++) close(fds[i]);
}

static int open_channel(struct start *start, int index) {
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 0;
	for (int i = 0; i < 2; i++) fcntl(pair[i], F_SETFD, FD_CLOEXEC);
	fcntl(pair[0], F_SETFL, O_NONBLOCK); /* a recorder that does not read must hold up nobody */
	start->ours[index] = pair[0];
	start->theirs[index] = pair[1];
	return 1;
}

static pid_t launch(struct start *start) {
	for (int i = 0; i < CHANNELS; i++)
		if (!open_channel(start, i)) {
			close_all(start->ours, i);
			close_all(start->theirs, i);
			return -1;
		}
	pid_t pid = make_process(start);
	close_all(start->theirs, CHANNELS);
	if (pid < 0) close_all(start->ours, CHANNELS);
	return pid;
}

static void free_texts(char **texts) {
	for (char **text = texts; text != NULL && *text != NULL; text++) free(*text);
	free(texts);
}

static char *read_text(napi_env env, napi_value array, uint32_t index) {
	napi_value value;
	size_t length;
	if (napi_get_element(env, array, index, &value) != napi_ok ||
		napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok)
		return NULL;
	char *text = malloc(length + 1);
	if (text != NULL) napi_get_value_string_utf8(env, value, text, length + 1, &length);
	return text;
}

/* As `execve` takes them: NULL at the end. NULL where one is no text. */
static char **read_texts(napi_env env, napi_value array) {
	uint32_t count;
	if (napi_get_array_length(env, array, &count) != napi_ok) return NULL;
	char **texts = calloc(count + 1, sizeof *texts);
	for (uint32_t i = 0; texts != NULL && i < count; i++)
		if ((texts[i] = read_text(env, array, i)) == NULL) {
			free_texts(texts);
			return NULL;
		}
	return texts;
}

static int name_number(napi_env env, napi_value object, const char *name, int number) {
	napi_value value;
	return napi_create_int32(env, number, &value) == napi_ok &&
		   napi_set_named_property(env, object, name, value) == napi_ok;
}

static napi_value answer(napi_env env, pid_t pid, const struct start *start) {
	napi_value result;
	if (napi_create_object(env, &result) != napi_ok) return NULL;
	int complete = name_number(env, result, "pid", pid) && name_number(env, result, "data", start->ours[0]) &&
				   name_number(env, result, "last", start->ours[1]);
	return complete ? result : NULL;
}

napi_value start_recorder(napi_env env, napi_callback_info info) {
	struct start start = {0};
	napi_value values[3];
	size_t count = 3;
	if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count != 3 ||
		napi_get_value_int32(env, values[2], &start.niceness) != napi_ok)
		return NULL;
	start.words = read_texts(env, values[0]);
	start.environment = read_texts(env, values[1]);
	int complete = start.words != NULL && start.words[0] != NULL && start.environment != NULL;
	pid_t pid = complete ? launch(&start) : -1;
	free_texts(start.words);
	free_texts(start.environment);
	return pid < 0 ? NULL : answer(env, pid, &start);
}

napi_value reap(napi_env env, napi_callback_info info) {
	napi_value values[1], result;
	size_t count = 1;
	int32_t pid;
	if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count != 1 ||
		napi_get_value_int32(env, values[0], &pid) != napi_ok || pid <= 0)
		return NULL;
	pid_t ended = waitpid(pid, NULL, WNOHANG);
	return napi_get_boolean(env, ended == pid || (ended < 0 && errno == ECHILD), &result) == napi_ok ? result : NULL;
}
