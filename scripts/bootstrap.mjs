#!/usr/bin/env node
// Entry of `npm start`, `npm test` and `npm run setup`. This file must parse on any Node that knows ES modules,
// so that an old one gets a sentence instead of a syntax error; everything else is imported after the check.
const major = Number(process.versions.node.split('.')[0])

if (major < 20) {
  process.stderr.write(
    `zhidu: 需要 Node.js 20 或更高版本，当前是 ${process.version}，请升级后再运行。\n` +
      `zhidu: Node.js 20 or newer is needed, this is ${process.version}; please upgrade and run the command again.\n`,
  )
  process.exitCode = 1
} else {
  const [command = '', ...args] = process.argv.slice(2)
  void import('./bootstrap/main.mjs').then(({ main }) => main(command, args))
}
