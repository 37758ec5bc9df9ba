// One byte at a time, so that escape sequences and characters are torn apart.
const bytes = Buffer.from("\x1b[32mgrün\x1b[0m – 日本語 🙂\r\n", "utf8");
let index = 0;
const timer = setInterval(() => {
	process.stdout.write(bytes.subarray(index, index + 1));
	index += 1;
	if (index === bytes.length) clearInterval(timer);
}, 2);
