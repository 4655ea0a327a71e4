import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../../deploy')
const UNITS = ['zhidu.service', 'zhidu-backup.service'] as const
/** docs/deployment.md: 0 is closed, 10 open. */
const MOST_EXPOSURE = 1.5

/** What keeps a unit closed, and what would let two PostgreSQL start on the same data or keep V8 from running. */
const REQUIRED = [
  'CapabilityBoundingSet=',
  'IPAddressDeny=any',
  'LockPersonality=yes',
  'NoNewPrivileges=yes',
  'PrivateDevices=yes',
  'PrivateTmp=yes',
  'ProcSubset=pid',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHome=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectProc=invisible',
  'ProtectSystem=strict',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@privileged @resources',
  'UMask=0077',
  'User=zhidu',
]
const FORBIDDEN = ['DynamicUser', 'MemoryDenyWriteExecute', 'PrivateIPC', 'PrivateUsers']

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

/** The figure of `systemd-analyze`; null where that program is not there. */
function exposureOf(unit: string): number | null {
  const { error, stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', join(FOLDER, unit)], {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_PAGER: '', LC_ALL: 'C.UTF-8' },
  })
  if (error !== undefined) return null
  const figure = /Overall exposure level for \S+: (\d+\.\d+)/.exec(stdout)?.[1]
  if (figure === undefined) throw new Error(`systemd-analyze said no figure: ${stdout.slice(-200)}`)
  return Number(figure)
}

describe.each(UNITS)('%s', (unit) => {
  it('has every directive that closes it, and none that breaks it', () => {
    const lines = read(unit).split('\n')
    expect(REQUIRED.filter((line) => !lines.includes(line))).toEqual([])
    expect(FORBIDDEN.filter((name) => lines.some((line) => line.startsWith(`${name}=`)))).toEqual([])
  })

  // Where systemd-analyze is not installed this holds nothing: the list above is all there is then.
  it(`is exposed by ${MOST_EXPOSURE} at the most, as systemd reckons`, () => {
    const exposure = exposureOf(unit)
    if (exposure === null) return
    expect(exposure).toBeLessThanOrEqual(MOST_EXPOSURE)
    expect(exposure).toBeGreaterThan(0)
  })
})

describe('the container', () => {
  it('runs as a common user, on a read-only root, without capabilities', () => {
    const file = read('Containerfile')
    const last = file.slice(file.lastIndexOf('\nFROM '))
    expect(/^USER 10001:10001$/m.test(last)).toBe(true)
    expect(last).toContain('HEALTHCHECK')
    const compose = read('compose.yaml')
    for (const line of ["user: '10001:10001'", 'read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true']) {
      expect(compose).toContain(line)
    }
  })
})
