import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.ts'
import { filesOf, MODULES, type MutationModule, testsOf } from './modules.ts'
import { applyMutant, functionOf, listMutants, markFunctions, type Mutant } from './mutants.ts'
import { compareToList, describeMutant, type Judged, scoreOf } from './score.ts'
import type { Order, Verdict } from './worker.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
const REPORTS = join(ROOT, '.toolchain', 'mutation')
/** A mutant that runs so many times as long as the tests take loops for ever. */
const PATIENCE = 8
const LEAST_PATIENCE_MS = 15_000
/** The tests of one mutant may take so long when nothing is changed; the long ones at the end are left out, and notice nothing. */
const BUDGET_MS = 6_000
/** Of hundred mutants that can be noticed so many have to be. */
const GOAL_PERCENT = 85

interface Reach {
  readonly test: string
  readonly ms: number
  readonly hits: readonly string[]
}

function measureReach(files: readonly string[], tests: readonly string[]): Reach[] {
  const folder = mkdtempSync(join(tmpdir(), 'zhidu-mutation-'))
  const out = join(folder, 'hits')
  writeFileSync(out, '')
  try {
    const args = [WORKER, 'reach', JSON.stringify(files), JSON.stringify(tests)]
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ZHIDU_HITS: out },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the tests do not pass unchanged\n${stderr.slice(0, 2_000)}`)
    const lines = readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Reach)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A process that judges one mutant after the other, and is replaced when one of them loops for ever. */
class Judge {
  readonly #tests: readonly string[]
  #child: ChildProcess | null = null

  constructor(tests: readonly string[]) {
    this.#tests = tests
  }

  async #ready(): Promise<ChildProcess> {
    if (this.#child !== null) return this.#child
    const child = fork(WORKER, ['judge', '[]', JSON.stringify(this.#tests)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    await new Promise((resolve) => child.once('message', resolve))
    this.#child = child
    return child
  }

  async judge(order: Order, patienceMs: number): Promise<Verdict | 'endless'> {
    const child = await this.#ready()
    return new Promise((resolve) => {
      const stop = (): void => {
        child.removeAllListeners()
        child.kill('SIGKILL')
        this.#child = null
        resolve('endless')
      }
      const timer = setTimeout(stop, patienceMs)
      child.once('exit', () => {
        clearTimeout(timer)
        stop()
      })
      child.once('message', (verdict: Verdict) => {
        clearTimeout(timer)
        child.removeAllListeners()
        resolve(verdict)
      })
      child.send(order)
    })
  }

  close(): void {
    this.#child?.kill('SIGKILL')
  }
}

/** The quickest first: most mutants fall to the first test that reaches them. */
function testsFor(file: string, source: string, mutant: Mutant, reached: readonly Reach[]): Reach[] {
  const within = functionOf(mutant, markFunctions(source, () => '').bodies)
  const isReached = ({ hits }: Reach): boolean =>
    within === null ? hits.some((hit) => hit.startsWith(`${file}#`)) : hits.includes(`${file}#${within}`)
  const own = file.replace(/\.ts$/, '.test.ts')
  const all = reached.filter(isReached)
  // What holds constants alone has no functions to reach.
  const some = within === null && all.length === 0 ? [...reached] : all
  let spent = 0
  return some
    .toSorted((a, b) => Number(b.test.endsWith(own)) - Number(a.test.endsWith(own)) || a.ms - b.ms)
    .filter(({ ms }, index) => index === 0 || (spent += ms) <= BUDGET_MS)
}

async function runModule(module: MutationModule, sample: { readonly every: number }): Promise<Judged[]> {
  const files = filesOf(ROOT, module)
  const reached = measureReach(files, testsOf(ROOT, module))
  const judge = new Judge(testsOf(ROOT, module))
  const judged: Judged[] = []
  let index = 0
  try {
    for (const file of files) {
      const source = readFileSync(join(ROOT, file), 'utf8')
      for (const mutant of listMutants(source)) {
        index += 1
        if (index % sample.every !== 0) continue
        const tests = testsFor(file, source, mutant, reached)
        const patience = Math.max(LEAST_PATIENCE_MS, PATIENCE * tests.reduce((sum, { ms }) => sum + ms, 0))
        const order = { file, code: applyMutant(source, mutant), tests: tests.map(({ test }) => test) }
        const verdict = tests.length === 0 ? 'unreached' : await judge.judge(order, patience)
        const one: Judged = {
          file,
          mutant,
          verdict,
          was: source.slice(mutant.start, mutant.end),
          line: source.split('\n')[mutant.line - 1]?.trim() ?? '',
        }
        judged.push(one)
        if (verdict === 'survived' || verdict === 'unreached') {
          process.stdout.write(`  ${verdict} ${describeMutant(one)}\n`)
        }
      }
    }
  } finally {
    judge.close()
  }
  return judged
}

async function main(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { every: { type: 'string', default: '1' } },
  })
  const every = Number(values.every)
  const chosen = positionals.length === 0 ? MODULES : MODULES.filter(({ name }) => positionals.includes(name))
  if (chosen.length === 0 || !Number.isSafeInteger(every) || every < 1) {
    process.stderr.write(`npm run mutation -- [--every N] ${MODULES.map(({ name }) => `[${name}]`).join(' ')}\n`)
    return 2
  }
  mkdirSync(REPORTS, { recursive: true })
  let failed = 0
  for (const module of chosen) {
    const startedAt = Date.now()
    const judged = await runModule(module, { every })
    const { problems, unnoticed } = compareToList(judged, EQUIVALENT, { isWhole: every === 1 })
    const { killed, percent, equivalent, total } = scoreOf(judged, unnoticed)
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    process.stdout.write(
      `${module.name}: ${killed} of ${total} noticed, ${percent.toFixed(1)} %; ${equivalent} equivalent; ` +
        `1 of ${every} mutants, ${seconds} s\n`,
    )
    for (const problem of problems) process.stdout.write(`  ${problem}\n`)
    writeFileSync(join(REPORTS, `${module.name.replace('/', '-')}.json`), JSON.stringify(judged, null, 1))
    if (percent < GOAL_PERCENT || problems.length > 0) failed += 1
  }
  return failed > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
