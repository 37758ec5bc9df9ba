/*
 * The wrapped command: says a text line by line, and writes into a file of its own what became of it.
 *
 *   speaker TEXT NOTES CODE PAUSE_US      the text, where to take notes, its exit code, the pause after each line
 *   speaker -f BYTES NOTES CODE           a flood of numbered lines without a pause
 *
 * A byte 0x1f in the text is not shown: it is a moment of silence in the middle of a line. Bracketed paste is on while it
 * runs, as in any program that edits a line. Notes are lines: `pid PID PARENT`, `began MS`, `ended MS HOW`, on the
 * monotonic clock.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SILENCE 0x1f
#define SILENCE_US 3000
#define CANNOT_WRITE 9
#define HUNG_UP 7
#define FLOOD_BYTES 65536

static const char *notes;

static void pause_us(long us) {
	struct timespec left = {us / 1000000, (us % 1000000) * 1000};
	while (us > 0 && nanosleep(&left, &left) == -1 && errno == EINTR) {
	}
}

static void note(const char *what, const char *how) {
	char line[128];
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	long ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	int length = snprintf(line, sizeof line, "%s %ld %s\n", what, ms, how);
	int fd = open(notes, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd == -1 || write(fd, line, (size_t)length) != length) _exit(CANNOT_WRITE);
	close(fd);
}

static void hung_up(int signal) {
	(void)signal;
	note("ended", "hung-up");
	_exit(HUNG_UP);
}

static void say(const char *bytes, size_t length) {
	while (length > 0) {
		ssize_t count = write(1, bytes, length);
		if (count == -1 && errno == EINTR) continue;
		if (count == -1) {
			note("ended", "no-output");
			_exit(CANNOT_WRITE);
		}
		bytes += count;
		length -= (size_t)count;
	}
}

static char *read_all(const char *path, size_t *length) {
	FILE *file = fopen(path, "rb");
	if (file == NULL) exit(CANNOT_WRITE);
	fseek(file, 0, SEEK_END);
	*length = (size_t)ftell(file);
	rewind(file);
	char *text = malloc(*length + 1);
	if (text == NULL || fread(text, 1, *length, file) != *length) exit(CANNOT_WRITE);
	fclose(file);
	return text;
}

static void tell(const char *path, long pause) {
	size_t length, from = 0;
	char *text = read_all(path, &length);
	for (size_t at = 0; at < length; at++) {
		if (text[at] != '\n' && text[at] != SILENCE) continue;
		int is_line = text[at] == '\n';
		say(text + from, at - from + (size_t)is_line);
		pause_us(is_line ? pause : SILENCE_US);
		from = at + 1;
	}
	say(text + from, length - from);
}

static void flood(long long bytes) {
	static char block[FLOOD_BYTES];
	long number = 0;
	for (long long told = 0; told < bytes;) {
		size_t filled = 0;
		while (filled + 64 < sizeof block && told + (long long)filled < bytes)
			filled += (size_t)snprintf(block + filled, 64, "line %08ld; green \033[32mleaves\033[0m and rain\n", ++number);
		say(block, filled);
		told += (long long)filled;
	}
}

int main(int count, char **words) {
	if (count != 5) return CANNOT_WRITE;
	int is_flood = strcmp(words[1], "-f") == 0;
	notes = words[is_flood ? 3 : 2];
	int code = atoi(words[is_flood ? 4 : 3]);
	char about[64];
	snprintf(about, sizeof about, "%d", (int)getppid());
	signal(SIGHUP, hung_up);
	char line[128];
	int fd = open(notes, O_WRONLY | O_CREAT | O_APPEND, 0600);
	int length = snprintf(line, sizeof line, "pid %d %d\n", (int)getpid(), (int)getppid());
	if (fd == -1 || write(fd, line, (size_t)length) != length) return CANNOT_WRITE;
	close(fd);
	note("began", "");
	say("\033[?2004h", 8);
	if (is_flood) flood(atoll(words[2]));
	else tell(words[1], atol(words[4]));
	say("\033[?2004l", 8);
	snprintf(about, sizeof about, "%d", code);
	note("ended", about);
	return code;
}
