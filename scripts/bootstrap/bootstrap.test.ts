import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakeClone, type FakeClone, LAY_OUT } from './testing/fake-clone.ts'

let clone: FakeClone

beforeEach(() => {
  clone = createFakeClone()
  clone.useNpm(
    `console.error('npm error network request failed, reason: getaddrinfo ENOTFOUND registry'); process.exit(1)`,
  )
})

afterEach(() => clone.remove())

/** One sentence in each language, and nothing else. */
function expectSentence(stderr: string, chinese: RegExp, english: RegExp) {
  const lines = stderr.trim().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(chinese)
  expect(lines[1]).toMatch(english)
}

describe('a machine on which it cannot work is told why in one sentence', () => {
  test('Node older than 20', async () => {
    clone.write('old.cjs', `Object.defineProperty(process, 'versions', { value: { node: '18.20.1' } })`)
    const { code, stderr } = await clone.run(['start'], { node: ['--require', join(clone.root, 'old.cjs')] }).ended
    expect(code).toBe(1)
    expectSentence(stderr, /需要 Node.js 20/, /Node\.js 20 or newer is needed/)
  })

  test('no network at the first installation, whatever name the refusal has', async () => {
    for (const reason of [
      'ENOTFOUND',
      'EAI_AGAIN',
      'connect ECONNREFUSED 127.0.0.1:9',
      'ETIMEDOUT',
      'ERR_SOCKET_TIMEOUT',
    ]) {
      clone.useNpm(`console.error('npm error code ${reason}'); process.exit(1)`)
      const { code, stderr } = await clone.run(['start']).ended
      expect(code).toBe(1)
      expectSentence(stderr, /连不上软件源/, /registry cannot be reached/)
    }
  })

  test('no network when the libraries are fetched', async () => {
    clone.bringPnpm(
      `console.log(' × installing\\n ├─▶ tcp connect error: Connection\\n │   refused (os error 111)'); process.exit(1)`,
    )
    const { code, stderr } = await clone.run(['zhidu', 'league']).ended
    expect(code).toBe(1)
    expectSentence(stderr, /连不上软件源/, /registry cannot be reached/)
  })

  test('a full disk, a folder without permission, a certificate nobody trusts', async () => {
    const cases = [
      ['npm error code ENOSPC', /磁盘已满/, /is full/],
      [
        `npm error Error: EACCES: permission denied, mkdir \\'/srv/cache\\'`,
        /没有权限写入 \/srv\/cache/,
        /Cannot write to \/srv\/cache/,
      ],
      ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /证书/, /certificate/],
    ] as const
    for (const [said, chinese, english] of cases) {
      clone.useNpm(`console.error('${said}'); process.exit(1)`)
      expectSentence((await clone.run(['setup']).ended).stderr, chinese, english)
    }
  })

  test('no npm on the machine', async () => {
    const env = { npm_execpath: '', PATH: '/nonexistent' }
    clone.write('alone.cjs', `Object.defineProperty(process, 'execPath', { value: '/nonexistent/bin/node' })`)
    const { stderr } = await clone.run(['setup'], { env, node: ['--require', join(clone.root, 'alone.cjs')] }).ended
    expectSentence(stderr, /找不到 npm/, /npm was not found/)
  })

  test('a command that does not exist', async () => {
    const { code, stderr } = await clone.run(['strat']).ended
    expect(code).toBe(1)
    expectSentence(stderr, /没有命令 strat/, /There is no command strat/)
  })
})

describe('the toolchain', () => {
  test('a download that was cut off is neither trusted nor left behind', async () => {
    clone.useNpm(`fs.mkdirSync('node_modules/@pnpm', { recursive: true }); process.kill(process.pid, 'SIGKILL')`)
    expect((await clone.run(['setup']).ended).code).toBe(1)
    clone.useNpm(`console.error('npm error code ENOTFOUND'); process.exit(1)`)
    expect((await clone.run(['setup']).ended).code).toBe(1)
    expect(clone.calls()).toBe(2)
    expect(readdirSync(join(clone.root, '.toolchain'))).toEqual([])
  })

  test('a package that is not the published one is thrown away', async () => {
    clone.useNpm(
      `const name = process.argv.find((arg) => arg.startsWith('@pnpm/')).replace(/@[^@]*$/, '');` +
        `fs.mkdirSync('node_modules/' + name, { recursive: true });` +
        `fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { ['node_modules/' + name]: { integrity: 'sha512-other' } } }))`,
    )
    const { code, stderr } = await clone.run(['setup']).ended
    expect(code).toBe(1)
    expectSentence(stderr, /与发布的内容不一致/, /not what was published/)
    expect(clone.has('.toolchain/node_modules')).toBe(false)
  })

  test('npm is asked to run no scripts, to save nothing, and hears only where the registry is', async () => {
    clone.useNpm(
      `fs.writeFileSync(${JSON.stringify(join(clone.root, 'heard.json'))}, JSON.stringify([process.argv, process.env])); process.exit(1)`,
    )
    const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_global: 'true', npm_config_omit: 'optional' }
    await clone.run(['setup'], { env }).ended
    const [args, heard] = JSON.parse(readText('heard.json')) as [string[], Record<string, string>]
    expect(args).toEqual(expect.arrayContaining(['--ignore-scripts', '--no-save']))
    expect(Object.keys(heard).filter((name) => name.startsWith('npm_'))).toEqual(['npm_config_registry'])
  })
})

function readText(path: string): string {
  return readFileSync(join(clone.root, path), 'utf8')
}

describe('the second time', () => {
  test('nothing is called, so it works offline', async () => {
    clone.bringPnpm(LAY_OUT)
    expect((await clone.run(['zhidu', 'league', '--json']).ended).code).toBe(0)
    expect((await clone.run(['zhidu', 'league', '--json']).ended).code).toBe(0)
    expect(clone.calls()).toBe(1)
  })

  test.each([
    ['the lockfile changed', () => clone.write('pnpm-lock.yaml', 'lockfileVersion: 9 # other')],
    [
      'a manifest changed',
      () => clone.write('apps/cli/package.json', '{ "name": "@zhidu/cli", "version": "2.0.0", "type": "module" }'),
    ],
    ['a package came', () => clone.write('apps/bench/package.json', '{ "name": "@zhidu/bench" }')],
    ['the libraries are gone', () => rmSync(join(clone.root, 'node_modules'), { recursive: true })],
  ])('the libraries are laid out again when %s', async (_, change) => {
    clone.bringPnpm(LAY_OUT)
    await clone.run(['zhidu']).ended
    change()
    await clone.run(['zhidu']).ended
    expect(clone.calls()).toBe(2)
  })

  test('an installation that failed or was killed is done again, also after one that had succeeded', async () => {
    const forget = () => rmSync(join(clone.root, 'node_modules'), { recursive: true, force: true })
    clone.bringPnpm(LAY_OUT)
    await clone.run(['zhidu']).ended
    forget()
    clone.bringPnpm(`${LAY_OUT}; process.exit(1)`)
    expect((await clone.run(['zhidu']).ended).code).toBe(1)
    forget()
    clone.bringPnpm(`${LAY_OUT}; setTimeout(() => {}, 60_000)`)
    const killed = clone.run(['zhidu'])
    await killed.says('安装依赖')
    killed.kill('SIGTERM')
    expect((await killed.ended).code).toBe(143)
    clone.bringPnpm(LAY_OUT)
    expect((await clone.run(['zhidu']).ended).code).toBe(0)
    expect(clone.calls()).toBe(4)
  })
})

describe('two at once', () => {
  test('one installs, the other waits and says for whom', async () => {
    clone.bringPnpm(`await new Promise((resolve) => setTimeout(resolve, 1_500)); ${LAY_OUT}`)
    const runs = [clone.run(['zhidu', 'first']), clone.run(['zhidu', 'second'])]
    const results = await Promise.all(runs.map(({ ended }) => ended))
    expect(results.map(({ code }) => code)).toEqual([0, 0])
    expect(clone.calls()).toBe(1)
    expect(results.filter(({ stderr }) => stderr.includes('Waiting for another command'))).toHaveLength(1)
  })

  test('a lock whose holder died is taken over at once', async () => {
    clone.bringPnpm(LAY_OUT)
    clone.write('.toolchain/lock', JSON.stringify({ pid: 2 ** 22 + 1, child: null, host: hostname() }))
    expect((await clone.run(['zhidu']).ended).code).toBe(0)
    expect(clone.has('.toolchain/lock')).toBe(false)
  })

  test('a lock of a dead holder is respected while the program it started still writes', async () => {
    clone.bringPnpm(LAY_OUT)
    clone.write('.toolchain/lock', JSON.stringify({ pid: 2 ** 22 + 1, child: process.pid, host: hostname() }))
    const waiting = clone.run(['zhidu'])
    await waiting.says('Waiting for another command')
    expect(clone.calls()).toBe(0)
    rmSync(join(clone.root, '.toolchain', 'lock'))
    expect((await waiting.ended).code).toBe(0)
  })
})

describe('the command behind', () => {
  beforeEach(() => clone.bringPnpm(LAY_OUT))

  test('stdout is its own, arguments and folder are the user’s, its exit code is kept', async () => {
    clone.write('sub/x', '')
    const cwd = join(clone.root, 'sub')
    const { code, stdout } = await clone.run(['zhidu', 'league', '单位 一', 'exit-7'], { cwd }).ended
    expect(code).toBe(7)
    expect(JSON.parse(stdout)).toEqual({ said: ['league', '单位 一', 'exit-7'], cwd, npm: [] })
  })

  test.each([
    ['SIGTERM', 8],
    ['SIGINT', 9],
  ] as const)('%s reaches it and its answer comes back', async (signal, expected) => {
    const running = clone.run(['zhidu', 'wait'])
    await running.says('"said"')
    running.kill(signal)
    expect((await running.ended).code).toBe(expected)
  })

  test('a signal to the whole group arrives once, a second one later arrives as well', async () => {
    clone.write(
      'apps/cli/src/main.ts',
      `let asked = 0\nprocess.on('SIGTERM', () => { asked += 1; console.log('asked ' + asked); if (asked === 2) process.exit(20) })\n` +
        `setInterval(() => {}, 1000)\nconsole.log('up')\n`,
    )
    const running = clone.run(['zhidu'], { ownGroup: true })
    await running.says('up')
    process.kill(-running.pid, 'SIGTERM')
    await running.says('asked 1')
    await new Promise((resolve) => setTimeout(resolve, 800))
    process.kill(-running.pid, 'SIGTERM')
    const { code, stdout } = await running.ended
    expect(code).toBe(20)
    expect(stdout).toBe('up\nasked 1\nasked 2\n')
  })

  test('it ends cleanly when everything around it is killed', async () => {
    const ended = join(clone.root, 'ended')
    clone.write(
      'apps/cli/src/main.ts',
      `import { writeFileSync } from 'node:fs'\nprocess.on('SIGTERM', () => { writeFileSync(${JSON.stringify(ended)}, ''); process.exit() })\n` +
        `setInterval(() => {}, 1000)\nconsole.log('up')\n`,
    )
    const running = clone.run(['zhidu'], { ownGroup: true })
    await running.says('up')
    process.kill(-running.pid, 'SIGKILL')
    await running.ended
    expect(clone.has('ended')).toBe(true)
  })

  test('start serves with the demonstration, in the folder from which npm was called', async () => {
    clone.bringPnpm(
      `${LAY_OUT}; fs.mkdirSync('apps/web/dist', { recursive: true }); fs.writeFileSync('apps/web/dist/index.html', '')`,
    )
    const env = { INIT_CWD: join(clone.root, 'apps') }
    const { stdout } = await clone.run(['start', '--empty'], { env }).ended
    expect(JSON.parse(stdout)).toEqual({ said: ['serve', '--demo', '--empty'], cwd: env.INIT_CWD, npm: [] })
    await clone.run(['start'], { env }).ended
    expect(clone.calls(), 'one installation and one build').toBe(2)
    clone.write('apps/web/src/main.ts', 'changed')
    await clone.run(['start'], { env }).ended
    expect(clone.calls(), 'and another build').toBe(3)
  })
})
