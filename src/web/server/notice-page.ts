/** What a browser shows where the page itself cannot be shown. Fixed texts: no input ever stands in them. */

const NOTICES = {
	"signed-out": [
		"This page is not signed in",
		"<p>Open the address that <code>ctrace web</code> printed in your terminal: it holds the key to your sessions.</p>" +
			"<p>The key is made anew each time the server starts, so that an old tab cannot be used by anybody else.</p>",
	],
	"not-built": [
		"The page is not built",
		"<p>This ctrace was started from its sources. Build the page once:</p><pre>npm run build</pre>" +
			'<p>The API works without it: see <a href="/api/v1/openapi.json">its description</a>.</p>',
	],
} as const;

export function noticePage(kind: keyof typeof NOTICES): string {
	const [title, body] = NOTICES[kind];
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>ctrace: ${title}</title></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
}
