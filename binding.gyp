{
	"targets": [
		{
			"target_name": "termios",
			"sources": ["native/termios.c", "native/relay.c", "native/recorder.c", "native/sequences.c"],
			"cflags": ["-Wall", "-Wextra", "-Werror=implicit-function-declaration"],
			"xcode_settings": { "MACOSX_DEPLOYMENT_TARGET": "11.0" }
		}
	]
}
