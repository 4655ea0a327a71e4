import { posix } from 'node:path'

/** Folders that make a text in backticks a path of this repository, whether or not it exists. */
const PLACES = /^(apps|packages|docs|scripts|\.ci)\//
/** Made by programs, so not in git. */
const MADE = /^(\.toolchain|\.zhidu|node_modules|apps\/web\/dist)(\/|$)/

/** @param {string} text @returns {string[]} texts in backticks, outside of fenced blocks */
function codeSpans(text) {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  return Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, span = '']) => span)
}

/** @param {string} text @returns {string[]} targets of links that stay in the repository */
function linkTargets(text) {
  return Array.from(text.matchAll(/\]\(([^)\s]+)[^)]*\)/g), ([, target = '']) => target.replace(/#.*$/, '')).filter(
    (target) => target !== '' && !/^[a-z]+:/i.test(target),
  )
}

/** @param {string} path with `*` or `<name>` or `{a,b}` for parts that vary @returns {RegExp} */
function pattern(path) {
  const source = path
    .replace(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replace(/\{([^}]*)\}/g, (_, names) => `(${names.replaceAll(',', '|')})`)
    .replace(/<[^>]*>|…/g, '[^/]+')
    .replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'))
  return new RegExp(`^${source}(/.*)?$`)
}

/**
 * The paths a document names that no file of the repository has. In backticks a path counts from the root, in a link
 * from the document's folder; `<feature>`, `*` and `{a,b}` stand for parts that vary.
 * @param {string} text
 * @param {string} document its own path
 * @param {ReadonlySet<string>} files of the repository
 * @returns {string[]}
 */
export function missingPaths(text, document, files) {
  const named = codeSpans(text)
    .map((span) => span.replace(/[:,;]\d*$/, '').replace(/\/$/, ''))
    .filter((span) => PLACES.test(span) && !/\s/.test(span))
  const linked = linkTargets(text).map((target) => posix.normalize(posix.join(posix.dirname(document), target)))
  const all = [...files]
  return [...new Set([...named, ...linked])].filter((path) => {
    const clean = path.replace(/\/$/, '')
    if (MADE.test(clean)) return false
    if (files.has(clean)) return false
    const wanted = pattern(clean)
    return !all.some((file) => wanted.test(file))
  })
}
