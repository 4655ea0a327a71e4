import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PERMISSIONS } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { type Catalogue, mergeCatalogues } from '../app/i18n/merge-catalogues.ts'

const SRC = fileURLToPath(new URL('..', import.meta.url))

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const files = listFiles(SRC)
const sources = files
  .filter((file) => /\.(ts|vue)$/.test(file) && !file.endsWith('.test.ts') && !/[\\/]testing[\\/]/.test(file))
  .map((file) => ({ name: relative(SRC, file), text: readFileSync(file, 'utf8') }))

function loadCatalogue(locale: string): Catalogue {
  const found = files.filter((file) => file.endsWith(join('locales', `${locale}.json`)))
  return mergeCatalogues(
    Object.fromEntries(found.map((file) => [file, JSON.parse(readFileSync(file, 'utf8')) as Catalogue])),
  )
}

function flatten(catalogue: Catalogue, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

/** Written like keys, and none. */
const permissions = new Set<string>(PERMISSIONS)

const chinese = flatten(loadCatalogue('zh-CN'))
const english = flatten(loadCatalogue('en'))
const roots = new Set([...chinese.keys()].map((key) => key.split('.')[0] ?? ''))

/** Keys written out in the sources, and patterns where part of a key is computed (`words.level.${level}`). */
function collectKeys() {
  const written = new Map<string, string>()
  const patterns: RegExp[] = []
  for (const { name, text } of sources) {
    for (const [, quote, body] of text.matchAll(
      /(['`])([a-z][A-Za-z]*(?:\.(?:[\w-]+|\$\{[^`]*?\}|[\w-]*\$\{[^`]*?\}[\w-]*))+)\1/g,
    )) {
      if (body === undefined || permissions.has(body) || !roots.has(body.split('.')[0] ?? '')) continue
      if (quote === '`' && body.includes('${')) {
        patterns.push(
          new RegExp(
            `^${body
              .replace(/\$\{[^}]*\}/g, '\0')
              .replace(/\./g, '\\.')
              .replace(/\0/g, '[^.]*')}$`,
          ),
        )
      } else if (!/\.(ts|vue|css|json)$/.test(body)) {
        written.set(body, name)
      }
    }
  }
  return { written, patterns }
}

const { written, patterns } = collectKeys()

describe('the catalogues', () => {
  it('hold the same keys in both languages', () => {
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([])
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([])
  })

  it('fill in the same figures in both languages', () => {
    const slots = (text: string | undefined): string[] => [...new Set(text?.match(/\{\w+\}/g) ?? [])].sort()
    expect(
      [...chinese].filter(([key, text]) => String(slots(text)) !== String(slots(english.get(key)))).map(([key]) => key),
    ).toEqual([])
  })

  it('have every key that the sources use', () => {
    const missing = [...written].filter(
      ([key]) => !chinese.has(key) && ![...chinese.keys()].some((each) => each.startsWith(`${key}.`)),
    )
    expect(missing).toEqual([])
    expect(patterns.filter((pattern) => ![...chinese.keys()].some((key) => pattern.test(key))).map(String)).toEqual([])
  })

  it('have no key that nobody uses', () => {
    const used = (key: string): boolean => written.has(key) || patterns.some((pattern) => pattern.test(key))
    expect([...chinese.keys()].filter((key) => !used(key))).toEqual([])
  })

  it('hold all Chinese there is: none stands in components or code', () => {
    const withoutComments = (text: string): string =>
      text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/<!--[\s\S]*?-->/g, '')
        .replace(/(^|\s)\/\/.*$/gm, '$1')
    const found = sources.flatMap(({ name, text }) =>
      [...withoutComments(text).matchAll(/[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]+/g)].map(
        ([words]) => `${name}: ${words}`,
      ),
    )
    expect(found).toEqual([])
  })
})
