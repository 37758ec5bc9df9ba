// Tries the Dockerfile without Docker: `npm run test:container`, as root on Debian.
//
// It checks the file with a linter, then carries out its steps, one by one, in a clean root made by debootstrap, and uses
// what comes out: that is what it does, and no more. Layers, the cache and the base image itself are not tried.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { inside, makeBase, trust } from "./container/root.mjs";
import { fillIn, readStages } from "./container/stages.mjs";

const ROOT = join(import.meta.dirname, "..");
const RELEASE = "bookworm";
const USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

if (process.getuid?.() !== 0) fail("a root of its own needs root");
const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");
const faults = validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
if (faults.length > 0) fail(faults.join("\n"));
console.log("The linter finds nothing in the Dockerfile.");
if (spawnSync("debootstrap", ["--version"]).status !== 0)
	fail("debootstrap is missing: apt-get install debootstrap");

const folder = mkdtempSync(join(tmpdir(), "ctrace-container-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const base = join(folder, "base");
makeBase(base, RELEASE);
console.log(`A clean Debian ${RELEASE} with Node ${process.version} stands in for the base image.`);

const context = join(folder, "context");
fillContext();
const places = new Map();
for (const stage of readStages(text)) places.set(stage.name, buildStage(stage));
use([...places.values()].at(-1));
console.log("Its steps were carried out, and the program works.");

/** What a builder would be sent: files that Git knows, as .dockerignore lets them through. */
function fillContext() {
	const allowed = readFileSync(join(ROOT, ".dockerignore"), "utf8")
		.split("\n")
		.filter((line) => line.startsWith("!"));
	const names = allowed.map((line) => line.slice(1).trim());
	const files = execFileSync("git", ["ls-files", "-z", ...names], { cwd: ROOT, encoding: "utf8" });
	for (const file of files.split("\0").filter(Boolean)) {
		mkdirSync(dirname(join(context, file)), { recursive: true });
		cpSync(join(ROOT, file), join(context, file));
	}
}

function buildStage({ name, steps }) {
	const root = join(folder, `stage-${name}`);
	execFileSync("cp", ["-a", base, root]);
	const place = { root, cwd: "/", env: { PATH: USUAL_PATH, HOME: "/root", ...trust() }, user: "root" };
	for (const step of steps) carryOut(step, place);
	return place;
}

function carryOut({ keyword, words, flags, raw }, place) {
	console.log(`${keyword} ${raw.replaceAll(/\s+/g, " ").slice(0, 100)}`);
	const filled = words.map((word) => fillIn(word, place.env));
	if (keyword === "ARG" || keyword === "ENV")
		for (const word of filled) {
			const [variable, value = ""] = word.split("=");
			place.env[variable] ??= value.replaceAll('"', "");
			if (keyword === "ENV") place.env[variable] = value.replaceAll('"', "");
		}
	else if (keyword === "WORKDIR") {
		place.cwd = filled[0];
		mkdirSync(join(place.root, place.cwd), { recursive: true });
	} else if (keyword === "USER") place.user = filled[0];
	else if (keyword === "COPY") copy(filled, flags, place);
	else if (keyword === "RUN") run(raw, place);
	else if (["ENTRYPOINT", "CMD", "HEALTHCHECK"].includes(keyword))
		place[keyword.toLowerCase()] = JSON.parse(raw.slice(raw.indexOf("[")));
	else if (!["VOLUME", "EXPOSE"].includes(keyword)) fail(`${keyword} is not understood here`);
}

/** As a builder copies: the contents of a folder, a file under its name into a folder. */
function copy(paths, { from }, place) {
	const source = from === undefined ? context : places.get(from).root;
	const target = paths.at(-1);
	const to = join(place.root, target.startsWith("/") ? target : join(place.cwd, target));
	for (const path of paths.slice(0, -1)) {
		const isInto = target.endsWith("/");
		cpSync(join(source, path), isInto ? join(to, basename(path)) : to, {
			recursive: true,
			verbatimSymlinks: true,
		});
	}
}

function run(script, place) {
	const { status } = inside(place, ["sh", "-c", script], { stdio: ["ignore", "ignore", "inherit"] });
	if (status !== 0) fail(`that step failed with ${status}`);
}

/** As the container would be used: its entry, its volume, its check of health. */
function use(place) {
	const home = { ...place, env: { ...place.env, HOME: "/home/node", PATH: USUAL_PATH } };
	const said = (...words) => {
		const ran = inside(home, [...place.entrypoint.slice(3), ...words], { stdio: ["ignore", "pipe", "pipe"] });
		if (ran.status !== 0) fail(`${words.join(" ")}: exit ${ran.status}\n${ran.stdout}${ran.stderr}`);
		return ran.stdout;
	};
	if (!/^ctrace \d/.test(said("--version"))) fail("no version");
	said("demo");
	if (!said("sessions", "list", "--json").includes('"agent"')) fail("the demo left no session");
	if (!said("supabase", "schema").includes("create table")) fail("the project's schema is not in the image");
	const health = inside(home, place.healthcheck, { stdio: ["ignore", "pipe", "pipe"] });
	if (health.status !== 0) fail(`the check of health fails: ${health.stderr}`);
	const owner = inside(home, ["stat", "-c", "%U %a", "/data"], {
		stdio: ["ignore", "pipe", "pipe"],
	}).stdout.trim();
	if (owner !== "node 700") fail(`/data is ${owner}`);
	const kilobytes = execFileSync("du", ["-sk", join(place.root, "app")], { encoding: "utf8" }).split("\t")[0];
	console.log(`/app takes ${Math.round(Number(kilobytes) / 1024)} MB`);
}

function fail(why) {
	console.error(`FAILED: ${why}`);
	process.exit(1);
}
