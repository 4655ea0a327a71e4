export async function impure() {
  const now = new Date() // breaks: oxlint/no-restricted-globals, oxlint/no-hidden-clock
  const later = Date.now() // breaks: oxlint/no-restricted-globals, oxlint/no-restricted-properties
  const answer = await fetch('http://localhost') // breaks: oxlint/no-restricted-globals
  console.log(answer) // breaks: oxlint/no-restricted-globals
  setTimeout(impure, 1) // breaks: oxlint/no-restricted-globals
  const zone = process.env.TZ // breaks: oxlint/no-restricted-globals, oxlint/no-restricted-properties
  const hidden = globalThis // breaks: oxlint/no-restricted-globals
  const { random } = Math // breaks: oxlint/no-restricted-properties
  const lazy = await import('kysely') // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
  return [now, later, zone, hidden, random, lazy]
}
