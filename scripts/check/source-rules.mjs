/** @typedef {{ of: RegExp, never: RegExp, why: string }} SourceRule */

const CODE = /\.(ts|mjs|js|vue)$/

/** @type {readonly SourceRule[]} */
const RULES = [
  {
    of: /./,
    never: /(^|[\s'"`(=:])\/(root|home|Users|work)\/[\w.-]+/,
    why: 'names a folder of one machine',
  },
  {
    of: /(^|\/)(pnpm-lock\.yaml|package-lock\.json|\.npmrc)$/,
    never: /https?:\/\/\S+\.tgz|^\s*registry\s*=/,
    why: 'names a registry',
  },
  {
    of: CODE,
    never: /(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)|(v8|c8|istanbul) ignore/,
    why: 'switches a check off',
  },
  { of: CODE, never: /\b(describe|test|it)\.(only|skip|todo)\b/, why: 'leaves a test out' },
  { of: /^(apps|packages)\/[^/]+\/src\/.*\.(ts|vue)$/, never: /\b(TODO|FIXME|XXX)\b/, why: 'puts work off' },
]

/** The only barrels are the doors that package.json names. */
const BARREL = /^(apps|packages)\/[^/]+\/src\/(?!testing\/).+\/index\.(ts|js)$/

/** These name the forbidden words because they forbid or try them. */
const SPEAKS_OF_RULES = /^(scripts\/check\/|packages\/tooling\/)/

/**
 * @param {string} file path in the repository
 * @param {string} text
 * @returns {string[]} `file:line why`
 */
export function faultsOf(file, text) {
  if (SPEAKS_OF_RULES.test(file)) return []
  const barrel = BARREL.test(file) ? [`${file}:1 is a barrel below the door of its package`] : []
  const rules = RULES.filter(({ of }) => of.test(file))
  const lines = text
    .split('\n')
    .flatMap((line, at) => rules.filter(({ never }) => never.test(line)).map(({ why }) => `${file}:${at + 1} ${why}`))
  return [...barrel, ...lines]
}
