import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { toPageHtml, toPagePolicy } from '@zhidu/draw'

const IMPORT = /^import \{([^}]*)\} from '(\.[^']+)'\s*;?$/gm
const EXPORT = /^export (async function|function|const|class) (\w+)/gm

interface Module {
  readonly url: string
  readonly code: string
}

/** Types taken away; Node calls the function that does it experimental on the terminal, which is no business of the user. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** The modules below one, each behind those it needs. */
function collect(url: string, modules: Module[]): void {
  if (modules.some((one) => one.url === url)) return
  const code = withoutTypes(readFileSync(fileURLToPath(url), 'utf8'))
  for (const [, , path = ''] of code.matchAll(IMPORT)) collect(new URL(path, url).href, modules)
  modules.push({ url, code })
}

/** One module as a function that gives what it exports. */
function toFunction({ code, url }: Module, index: number, nameOf: (url: string) => string): string {
  const exported = [...code.matchAll(EXPORT)].map(([, , name]) => name)
  const body = code
    .replace(IMPORT, (_, names: string, path: string) => {
      const taken = names
        .split(',')
        .map((name) => name.trim().replace(' as ', ': '))
        .filter((name) => name !== '')
      return taken.length === 0 ? '' : `const { ${taken.join(', ')} } = ${nameOf(new URL(path, url).href)};`
    })
    .replace(EXPORT, '$1 $2')
  if (/^(import|export)\b/m.test(body))
    throw new RangeError(`${url} imports or exports in a way that is not known here`)
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  return `const m${index} = (() => {\n${lines.map((line) => line.trimEnd()).join('\n')}\nreturn { ${exported.join(', ')} };\n})();`
}

function buildScript(): string {
  const modules: Module[] = []
  collect(import.meta.resolve('@zhidu/draw/page'), modules)
  const nameOf = (url: string): string => `m${modules.findIndex((one) => one.url === url)}`
  const script = modules.map((one, index) => toFunction(one, index, nameOf)).join('\n')
  return `'use strict';\n${script}\n`
}

/** The page that verifies a draw, from the very sources that the command runs: one file, no network. */
export function buildDrawPage(): string {
  return toPageHtml(buildScript())
}

/** The same page to be served, with the policy that its answer has to bear. */
export function serveDrawPage(): { readonly html: string; readonly policy: string } {
  const script = buildScript()
  return { html: toPageHtml(script), policy: toPagePolicy(script) }
}
