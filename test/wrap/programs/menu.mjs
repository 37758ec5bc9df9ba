// A question with options, answered with the arrow keys: what a permission dialog looks like from below.
const { stdin, stdout } = process;
const options = ["Yes", "Yes, always", "No"];
let chosen = 0;
const draw = () => {
	for (const [index, text] of options.entries())
		stdout.write(`\x1b[2K${index === chosen ? "❯" : " "} ${text}\r\n`);
};
stdout.write("Do you want to proceed?\n");
stdin.setRawMode(true);
draw();
stdin.on("data", (keys) => {
	const key = keys.toString("latin1");
	if (key === "\x1b[B") chosen = Math.min(options.length - 1, chosen + 1);
	if (key === "\x1b[A") chosen = Math.max(0, chosen - 1);
	if (key === "\r") {
		stdin.setRawMode(false);
		stdout.write(`chose: ${options[chosen]}\n`);
		process.exit(chosen);
	}
	stdout.write(`\x1b[${options.length}A`);
	draw();
});
