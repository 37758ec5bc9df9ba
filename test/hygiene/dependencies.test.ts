import { expect, test } from "vitest";
import { read } from "./repository.ts";

interface Manifest {
	readonly workspaces?: readonly string[];
	readonly dependencies: Readonly<Record<string, string>>;
	readonly devDependencies: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
	readonly files?: readonly string[];
}

interface Locked {
	readonly resolved?: string;
	/** A workspace of ours: a folder of the repository, not a package from elsewhere. */
	readonly link?: boolean;
	readonly integrity?: string;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(read("package.json"));
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(read("package-lock.json"));
const folders = ["", ...(manifest.workspaces ?? [])];
const locked = Object.entries(lock.packages).filter(
	([path, entry]) => !folders.includes(path) && entry.link !== true,
);

test("every dependency is pinned to one version", () => {
	const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
	expect(all.length).toBeGreaterThan(10);
	expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("a workspace is private, pinned, and no part of what users install", () => {
	for (const folder of manifest.workspaces ?? []) {
		const own: Partial<Manifest> & { readonly private?: boolean } = JSON.parse(
			read(`${folder}/package.json`),
		);
		expect(own.private).toBe(true);
		const all = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };
		const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
		expect(loose).toEqual([]);
		expect(manifest.files).not.toContain(folder);
	}
});

test("the lock file has a hash for every package and no address to fetch one from", () => {
	expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
	expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test("the lock file knows the packages for every platform, not only for the one it was made on", () => {
	// A package left out makes `npm ci` refuse the lock file on a bare machine, whatever the platform.
	const missing = locked.flatMap(([path, entry]) =>
		Object.keys(entry.optionalDependencies ?? {}).filter(
			(name) =>
				!(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
		),
	);
	expect(missing).toEqual([]);
});
