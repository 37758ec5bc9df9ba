// A clean Debian with Node, as the base image is one, in a folder; and commands inside it.
import { execFileSync, spawnSync } from "node:child_process";
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	realpathSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Debian from its packages (debootstrap), Node as it runs this script: the image's own cannot be had without a registry of images. */
export function makeBase(root, release) {
	// The machine's own sources of packages, so that it works behind a mirror.
	const source = execFileSync(
		"sh",
		["-c", "apt-get indextargets --format '$(SITE)' | grep -v security | head -1"],
		{ encoding: "utf8" },
	).trim();
	const words = [
		"--variant=minbase",
		"--include=ca-certificates",
		release,
		root,
		...(source === "" ? [] : [source]),
	];
	must("debootstrap", words);
	for (const path of ["/etc/resolv.conf", "/etc/apt/sources.list"])
		if (existsSync(path)) copyFileSync(path, join(root, path));
	for (const path of [
		"/etc/apt/sources.list.d",
		"/etc/apt/apt.conf.d",
		"/etc/apt/trusted.gpg.d",
		"/usr/share/keyrings",
		"/etc/ssl/certs",
		"/usr/local/share/ca-certificates",
	])
		if (existsSync(path)) copyOver(path, join(root, path));
	const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
	if (certificates !== undefined) copyFileSync(certificates, join(root, EXTRA_CERTIFICATES));
	addNode(root);
	must("chroot", [root, "useradd", "--create-home", "--uid", "1000", "--shell", "/bin/bash", "node"]);
}

const EXTRA_CERTIFICATES = "/etc/extra-certificates.pem";

/** Certificates that this machine trusts besides: its packages may come through a mirror. A file that Debian's own packages leave alone. */
export function trust() {
	return process.env.NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS: EXTRA_CERTIFICATES };
}

/** Into what may lie there already; Node's own copying refuses links that both have. */
function copyOver(from, to) {
	mkdirSync(to, { recursive: true });
	must("cp", ["-a", "--remove-destination", join(from, "."), to]);
}

function addNode(root) {
	const local = join(root, "usr/local");
	for (const name of ["bin", "lib/node_modules", "include"])
		mkdirSync(join(local, name), { recursive: true });
	copyFileSync(realpathSync(process.execPath), join(local, "bin/node"));
	const npm = realpathSync(execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim());
	cpSync(join(dirname(npm), ".."), join(local, "lib/node_modules/npm"), { recursive: true });
	for (const name of ["npm", "npx"])
		symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
	const headers = [
		join(dirname(realpathSync(process.execPath)), "../include/node"),
		"/usr/include/node",
	].find(existsSync);
	if (headers !== undefined) {
		cpSync(realpathSync(headers), join(local, "include/node"), { recursive: true });
		// Where the settings of this machine's npm may look for them.
		mkdirSync(join(root, "usr/include"), { recursive: true });
		symlinkSync("../local/include/node", join(root, "usr/include/node"));
	}
	const settings = join(homedir(), ".npmrc");
	if (existsSync(settings)) copyFileSync(settings, join(root, "root/.npmrc"));
}

/**
 * Runs words in the root, in namespaces of their own that end with them.
 * @param {{root: string, cwd: string, env: Record<string, string>, user: string, input?: string}} place
 */
export function inside({ root, cwd, env, user }, words, options = {}) {
	const who = user === "root" ? [] : [`--userspec=${user}`];
	const script = [
		`mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev"`,
		`exec chroot ${who.join(" ")} "$0" sh -c 'cd "$0" && exec "$@"' "$@"`,
	].join(" && ");
	const all = ["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, root, cwd, ...words];
	return spawnSync("unshare", all, { env, encoding: "utf8", ...options });
}

function must(command, words) {
	const { status, error } = spawnSync(command, words, { stdio: ["ignore", "ignore", "inherit"] });
	if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `exit ${status}`}`);
}

export function writeInto(root, path, text) {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}
