# The way of the first README. npm does the work; CONTRIBUTING.md says more.
.PHONY: dev-setup dev-run test test-integration coverage

dev-setup:
	npm ci

# make dev-run ARGS="claude --continue"
dev-run:
	npm run build
	./bin/ctrace.js $(or $(ARGS),claude)

test:
	npm test

test-integration:
	npm run test:integration

coverage:
	npm run coverage
