/** As much of a page's document as the tests look at: the project's own code knows no DOM. */
export interface PageElement {
	readonly outerHTML: string;
	readonly innerText: string;
	readonly href: string;
	readonly rel: string;
	readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
	querySelector(selector: string): PageElement | null;
	getBoundingClientRect(): { readonly top: number; readonly bottom: number };
}

export interface PageDocument {
	readonly title: string;
	readonly body: PageElement;
	querySelector(selector: string): PageElement | null;
	querySelectorAll(selector: string): Iterable<PageElement>;
}
