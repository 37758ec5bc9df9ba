/** The frame of a page that needs nothing else: no script, no request, readable offline. Pure. */
import { HTML_STYLE } from "./html-style.ts";

/** The page may use its own style and nothing else, whatever a recorded text should smuggle in. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** All three are HTML already; `style` comes after the style that every page has. */
export function htmlPage(page: {
	readonly title: string;
	readonly main: string;
	readonly style?: string;
}): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${HTML_STYLE}${page.style ?? ""}</style>
</head>
<body>
<main>
${page.main}
</main>
</body>
</html>
`;
}
