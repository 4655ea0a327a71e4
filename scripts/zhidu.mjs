#!/usr/bin/env node
// The root `bin`: `npx zhidu …` runs the command line of this clone with the Node that it brings.
process.argv.splice(2, 0, 'zhidu')
void import('./bootstrap.mjs')
