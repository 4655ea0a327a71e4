import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createVitest, type Vitest } from 'vitest/node'
import { markFunctions } from './mutants.ts'

/** What the parent asks: `code` in place of one file, and the tests to run, the most telling first. */
export interface Order {
  readonly file: string
  readonly code: string
  readonly tests: readonly string[]
}

/** `survived`: every test passed. `killed` by one; `broken`: the changed text is no program. */
export type Verdict = 'killed' | 'survived' | 'broken'

const ROOT = process.cwd()

/** The text a file has now, where it is not its own. */
const changed = new Map<string, string>()

function open(given: {
  readonly tests: readonly string[]
  readonly setupFiles: string[]
  readonly bail: number
}): Promise<Vitest> {
  return createVitest(
    'test',
    {
      root: ROOT,
      config: false,
      watch: false,
      // It would answer with the text of the mutant before.
      fsModuleCache: false,
      reporters: [{}],
      pool: 'threads',
      maxWorkers: 1,
      isolate: given.setupFiles.length > 0,
      bail: given.bail,
      // A busy machine is no mutant; what runs on for ever is ended by the parent.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      include: [...given.tests],
      setupFiles: given.setupFiles,
      // As in vitest.config.ts.
      env: { TZ: 'Asia/Kathmandu' },
    },
    {
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          transform: (_, id) => {
            const code = changed.get(id)
            return code === undefined ? null : { code, map: null }
          },
        },
      ],
    },
  )
}

/** Runs every test once with marks in the functions of `files`; throws if one fails. */
async function reach(files: readonly string[], tests: readonly string[]): Promise<void> {
  for (const file of files) {
    const id = join(ROOT, file)
    changed.set(
      id,
      markFunctions(
        readFileSync(id, 'utf8'),
        (index) => `globalThis.zhiduHits?.add(${JSON.stringify(`${file}#${index}`)})`,
      ).code,
    )
  }
  const vitest = await open({ tests, setupFiles: [join(ROOT, 'scripts/mutation/report-hits.ts')], bail: 0 })
  const specifications = await vitest.globTestSpecifications()
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true)
  const failed = testModules
    .filter((module) => !module.ok())
    .map(
      (module) =>
        `${module.moduleId} ${module
          .errors()
          .map(({ message }) => message)
          .join()}`,
    )
  await vitest.close()
  if (failed.length > 0 || unhandledErrors.length > 0)
    throw new Error(`fails unchanged: ${failed.join(', ')} ${JSON.stringify(unhandledErrors)}`)
}

async function judge(vitest: Vitest, { code, file, tests }: Order): Promise<Verdict> {
  const id = join(ROOT, file)
  changed.set(id, code)
  vitest.invalidateFile(id)
  try {
    for (const test of tests) {
      const [project] = vitest.projects
      if (project === undefined) throw new RangeError('no project')
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications([project.createSpecification(test)])
      const errors = testModules.flatMap((module) => module.errors())
      if (errors.some(({ message }) => /Transform failed|PARSE_ERROR|Parse failure/i.test(message))) return 'broken'
      if (unhandledErrors.length > 0 || testModules.some((module) => !module.ok())) return 'killed'
    }
    return 'survived'
  } finally {
    changed.delete(id)
    vitest.invalidateFile(id)
  }
}

const [mode, list = '[]', tests = '[]'] = process.argv.slice(2)
if (mode === 'reach') {
  await reach(JSON.parse(list) as string[], JSON.parse(tests) as string[])
} else {
  const vitest = await open({ tests: JSON.parse(tests) as string[], setupFiles: [], bail: 1 })
  process.on('message', (order: Order) => {
    void judge(vitest, order).then((verdict) => process.send?.(verdict))
  })
  process.on('disconnect', () => void vitest.close())
  process.send?.('ready')
}
