// Installs what `npm pack` makes as a stranger would, and uses it: `npm run test:pack`, or `npm run test:pack -- 20 22 24`.
//
// Without a version the Node that runs this is taken; others come from npm into .cache/nodes/<major>. The install is a
// global one into a folder of its own, with a home of its own.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { environmentOf, installNode, withoutNpm } from "./nodes.mjs";

const MOST_BYTES = 5_000_000;
const ROOT = join(import.meta.dirname, "..");
/** What has no business in the package. */
const UNWANTED = /(?:^|\/)(?:test|test-stack|src|web\/src|scripts|\.cache|\.ci)\/|\.map$|\.env$/;

const folder = mkdtempSync(join(tmpdir(), "ctrace-pack-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const tarball = pack();
const majors = process.argv.slice(2);
for (const node of majors.length === 0 ? [undefined] : majors) tryOn(node);
console.log("It installs, and it works.");

function pack() {
	const words = ["pack", "--json", "--pack-destination", folder];
	const npm = {
		cwd: ROOT,
		env: withoutNpm(process.env),
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
	};
	const [made] = JSON.parse(execFileSync("npm", words, npm));
	console.log(`${made.filename}: ${made.files.length} files, ${(made.size / 1e6).toFixed(2)} MB`);
	if (made.size > MOST_BYTES) fail(`more than ${MOST_BYTES} bytes`);
	const unwanted = made.files.map(({ path }) => path).filter((path) => UNWANTED.test(path));
	if (unwanted.length > 0) fail(`not for others: ${unwanted.join(", ")}`);
	return join(folder, made.filename);
}

function tryOn(major) {
	const env = major === undefined ? withoutNpm(process.env) : environmentOf(nodeOf(major));
	const prefix = join(folder, major ?? "own");
	const home = join(prefix, "home");
	mkdirSync(home, { recursive: true });
	// npm keeps its own settings; ctrace gets a home of its own.
	const began = Date.now();
	const install = ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", tarball];
	run("npm", install, { env });
	const version = execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim();
	console.log(`Node ${version}: installed in ${Math.round((Date.now() - began) / 1000)} s`);
	const own = {
		...env,
		HOME: home,
		CTRACE_HOME: join(home, "ctrace"),
		PATH: join(prefix, "bin") + delimiter + env.PATH,
	};
	use(own, home);
}

/** A first hour with it. */
function use(env, cwd) {
	const said = (...words) => run("ctrace", words, { env, cwd });
	expect(said("--version"), /^ctrace \d+\.\d+\.\d+ \(.*schema \d+, export v1\)/);
	expect(said("sh", "-c", "echo wrapped; exit 0"), /^wrapped/);
	said("demo");
	expect(said("sessions", "list", "--json"), /"agent"/);
	expect(said("sessions", "show", "last"), /\S/);
	expect(said("export", "last", "--format", "markdown"), /^#/);
	expect(run("claude-tracer", ["sessions", "list"], { env, cwd }), /\S/);
	expect(said("doctor", "--json"), /"versions"/);
	writeFileSync(join(cwd, "secret.txt"), `key = ${"ghp_"}${"R8wQ2mZt6Lk9Xc3Vb7Nh1Jd5Fs0Gp4Ya2Te8u"}\n`);
	const masked = run("ctrace", ["mask", "secret.txt"], { env, cwd });
	if (/R8wQ2mZt/.test(masked)) fail("a token came through `ctrace mask`");
	const page = readFileSync(
		join(
			execFileSync("npm", ["root", "--global", "--prefix", join(cwd, "..")], {
				env,
				encoding: "utf8",
			}).trim(),
			"claude-code-tracer/dist/web/index.html",
		),
		"utf8",
	);
	expect(page, /<script/);
}

function nodeOf(major) {
	return installNode(major, join(ROOT, ".cache", "nodes", major));
}

function run(command, words, options) {
	const { status, stdout, stderr } = spawnSync(command, words, { ...options, encoding: "utf8" });
	if (status !== 0) fail(`${command} ${words.join(" ")}: exit ${status}\n${stdout}${stderr}`);
	return stdout;
}

function expect(text, pattern) {
	if (!pattern.test(text)) fail(`expected ${pattern} in:\n${text}`);
}

function fail(why) {
	console.error(`FAILED: ${why}`);
	process.exit(1);
}
