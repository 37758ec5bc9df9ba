/** Which language a file's name tells of. Pure. */

const BY_ENDING: Readonly<Record<string, string>> = {
	ts: "typescript",
	tsx: "typescript",
	mts: "typescript",
	cts: "typescript",
	js: "javascript",
	jsx: "javascript",
	mjs: "javascript",
	cjs: "javascript",
	json: "json",
	py: "python",
	rb: "ruby",
	rs: "rust",
	go: "go",
	java: "java",
	kt: "kotlin",
	swift: "swift",
	c: "c",
	h: "c",
	cc: "cpp",
	cpp: "cpp",
	hpp: "cpp",
	cs: "csharp",
	php: "php",
	sh: "bash",
	bash: "bash",
	zsh: "bash",
	sql: "sql",
	css: "css",
	scss: "scss",
	less: "less",
	html: "xml",
	xml: "xml",
	svg: "xml",
	vue: "xml",
	md: "markdown",
	yml: "yaml",
	yaml: "yaml",
	toml: "ini",
	ini: "ini",
	lua: "lua",
	pl: "perl",
	r: "r",
	graphql: "graphql",
	diff: "diff",
	patch: "diff",
};

export function languageOf(path: string): string | undefined {
	const name = path.split("/").at(-1) ?? "";
	if (/^makefile$/i.test(name)) return "makefile";
	if (!name.includes(".")) return undefined;
	return BY_ENDING[name.split(".").at(-1)?.toLowerCase() ?? ""];
}
