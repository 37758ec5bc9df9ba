{
	"targets": [
		{
			"target_name": "termios",
			"sources": ["native/termios.c"],
			"cflags": ["-Wall", "-Wextra", "-Werror=implicit-function-declaration"],
			"xcode_settings": { "MACOSX_DEPLOYMENT_TARGET": "11.0" }
		}
	]
}
