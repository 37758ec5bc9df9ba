/*
 * Trouble for a program that is preloaded with it: a slow or failing disk below one folder, and a clock that jumps. What is
 * wrong at the moment stands in a small file that the test writes and every process maps:
 *
 *   int64 clock_ms    added to what time it is
 *   int32 delay_us    how long each write and each sync below the folder takes
 *   int32 error       the errno that each of them fails with; 0 = none
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct trouble {
	int64_t clock_ms;
	int32_t delay_us;
	int32_t error;
};

static const struct trouble *now_wrong;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
	const char *path = getenv("TROUBLE_FILE");
	folder = getenv("TROUBLE_FOLDER");
	if (path == NULL || folder == NULL) return;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1) return;
	void *mapped = mmap(NULL, sizeof(struct trouble), PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (mapped != MAP_FAILED) now_wrong = mapped;
}

static int is_quiet(void) { return now_wrong == NULL || (now_wrong->delay_us == 0 && now_wrong->error == 0); }

static int lies_below(const char *path) { return strncmp(path, folder, strlen(folder)) == 0; }

/* Whether the call fails; otherwise it has been held up. */
static int is_hit(void) {
	if (now_wrong->error != 0) {
		errno = now_wrong->error;
		return 1;
	}
	struct timespec left = {now_wrong->delay_us / 1000000, (long)(now_wrong->delay_us % 1000000) * 1000};
	while (nanosleep(&left, &left) == -1 && errno == EINTR) {
	}
	return 0;
}

static int fails_at(int fd) {
	if (is_quiet()) return 0;
	char link[64], path[PATH_MAX];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length <= 0) return 0;
	path[length] = '\0';
	return lies_below(path) && is_hit();
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define HELD_UP(type, name, parameters, arguments)            \
	type name parameters {                                    \
		static __typeof__(&name) genuine;                     \
		if (genuine == NULL) genuine = NEXT(name);            \
		return fails_at(fd) ? -1 : genuine arguments;         \
	}

HELD_UP(ssize_t, write, (int fd, const void *bytes, size_t length), (fd, bytes, length))
HELD_UP(ssize_t, pwrite, (int fd, const void *bytes, size_t length, off_t at), (fd, bytes, length, at))
HELD_UP(ssize_t, pwrite64, (int fd, const void *bytes, size_t length, off64_t at), (fd, bytes, length, at))
HELD_UP(ssize_t, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
HELD_UP(int, fsync, (int fd), (fd))
HELD_UP(int, fdatasync, (int fd), (fd))
HELD_UP(int, ftruncate, (int fd, off_t length), (fd, length))
HELD_UP(int, ftruncate64, (int fd, off64_t length), (fd, length))
HELD_UP(int, fallocate, (int fd, int mode, off_t at, off_t length), (fd, mode, at, length))

static int is_refused(const char *path, int flags) {
	if (is_quiet() || now_wrong->error == 0 || (flags & (O_WRONLY | O_RDWR | O_CREAT)) == 0 || !lies_below(path)) return 0;
	errno = now_wrong->error;
	return 1;
}

static mode_t mode_of(int flags, va_list rest) {
	return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

#define REFUSED(name)                                             \
	int name(const char *path, int flags, ...) {                  \
		static __typeof__(&name) genuine;                         \
		if (genuine == NULL) genuine = NEXT(name);                \
		va_list rest;                                             \
		va_start(rest, flags);                                    \
		mode_t mode = mode_of(flags, rest);                       \
		va_end(rest);                                             \
		return is_refused(path, flags) ? -1 : genuine(path, flags, mode); \
	}

REFUSED(open)
REFUSED(open64)

int clock_gettime(clockid_t clock, struct timespec *into) {
	static __typeof__(&clock_gettime) genuine;
	if (genuine == NULL) genuine = NEXT(clock_gettime);
	int result = genuine(clock, into);
	if (result == 0 && now_wrong != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
		int64_t ms = now_wrong->clock_ms;
		into->tv_sec += ms / 1000;
		into->tv_nsec += (ms % 1000) * 1000000;
		if (into->tv_nsec >= 1000000000) into->tv_sec++, into->tv_nsec -= 1000000000;
		if (into->tv_nsec < 0) into->tv_sec--, into->tv_nsec += 1000000000;
	}
	return result;
}

int gettimeofday(struct timeval *restrict into, void *restrict zone) {
	(void)zone;
	struct timespec now;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
	into->tv_sec = now.tv_sec;
	into->tv_usec = now.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *into) {
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (into != NULL) *into = now.tv_sec;
	return now.tv_sec;
}
