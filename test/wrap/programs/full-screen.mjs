// A small full-screen program: alternate screen, mouse, paste, a cursor query, a redraw at every key, an orderly end.
const { stdin, stdout } = process;
const draw = (text) =>
	stdout.write(`\x1b[H\x1b[2J\x1b[1;31m${stdout.columns}x${stdout.rows}\x1b[0m ${text}\r\n`);
stdout.write("\x1b[?1049h\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[?25l");
stdin.setRawMode(true);
draw("ready");
stdout.write("\x1b[6n");
stdin.on("data", (keys) => {
	draw(`got ${JSON.stringify(keys.toString("latin1"))}`);
	if (!keys.includes("q")) return;
	stdout.write("\x1b[?25h\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[?1049l");
	stdin.setRawMode(false);
	process.exit(4);
});
stdout.on("resize", () => draw("resized"));
