/** Builds the page of `ctrace web` into files that its server hands out: `npm run build` calls this. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
	root: import.meta.dirname,
	plugins: [react()],
	build: {
		outDir: "../dist/web",
		emptyOutDir: true,
		// What a first visit loads is measured by it.
		manifest: "manifest.json",
		target: ["chrome123", "firefox128", "safari17.5"],
		modulePreload: { polyfill: false },
		// Nothing may be a `data:` script or style: the page's policy knows files only.
		assetsInlineLimit: 0,
		reportCompressedSize: false,
		chunkSizeWarningLimit: 1000,
	},
});
